"""Pictures and files of other programs: out of the window, and in by a drop or the menu."""
