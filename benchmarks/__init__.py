"""How fast the product is, each figure beside one that it can be compared with."""
