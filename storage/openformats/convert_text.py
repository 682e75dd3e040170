"""Reading a small text file of another program, whole."""

from pathlib import Path

from storage.errors import ImportProblem

# A journey map is drawn by hand; a larger file is something else.
LARGEST_BYTES = 1 << 25


def read_map_text(path: Path) -> str:
    """Return the text of a UTF-8 file, its line breaks as newlines, without a byte-order mark.

    Raises:
        ImportProblem: missing, directory, blank, too_large, encoding, binary, unreadable.
    """
    try:
        if path.exists() and not path.is_file():
            raise ImportProblem(path, "", "directory" if path.is_dir() else "device")
        with path.open("rb") as file:
            content = file.read(LARGEST_BYTES + 1)
    except FileNotFoundError:
        raise ImportProblem(path, "", "missing") from None
    except (OSError, ValueError) as error:
        raise ImportProblem(path, "", "unreadable", str(error)) from error
    if len(content) > LARGEST_BYTES:
        raise ImportProblem(path, "", "too_large", f"> {LARGEST_BYTES}")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportProblem(path, "", "encoding", error.reason) from None
    if "\0" in text:
        raise ImportProblem(path, "", "binary")
    if not text.strip():
        raise ImportProblem(path, "", "blank")
    return text.replace("\r\n", "\n").replace("\r", "\n")
