"""Made-up letters that measure the anonymiser; no wording or name of theirs is trained on."""
