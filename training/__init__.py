"""How the anonymiser's token classifier is trained; nothing here runs in the product."""
