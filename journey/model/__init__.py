"""The workspace and its objects: frozen values, no Qt, no SQL, no files."""
