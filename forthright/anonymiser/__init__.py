"""Takes out of a letter what says who it is about, and looks whether anything was left."""
