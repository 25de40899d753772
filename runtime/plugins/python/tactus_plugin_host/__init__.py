"""Loads plugin files, offers their functions as tools, and calls them; talks with the supervisor."""
