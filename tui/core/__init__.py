"""What is open and worked on, without a widget: every room may import it, and it imports none."""
