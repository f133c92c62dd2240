"""Tables as files: workbooks and text files, read row by row and refused in words."""
