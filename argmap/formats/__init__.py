"""What a format of files is, how one is found, and the forms that reading and writing share."""
