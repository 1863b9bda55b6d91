"""What is above all rooms: the app, its screens, settings, colours, the tour."""
