"""What says whether an outcome is right, without the code that is tested."""
