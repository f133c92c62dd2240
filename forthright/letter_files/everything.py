"""All the words that a finished file holds, also where nobody looks: notes, properties, changes."""

from io import BytesIO
from pathlib import PurePath

from forthright.letter_files.all_of_pdf import parts_of_pdf
from forthright.letter_files.all_of_word import parts_of_word_file
from forthright.letter_files.file_parts import FilePart
from forthright.letter_files.reading import MOST_PAGES, words_of_file


def parts_of_file(content: bytes, name: str, *, most_pages: int = MOST_PAGES) -> list[FilePart]:
    """Return every part of a finished file that holds words, its metadata included.

    A PDF may have as many pages as one letter, unless the caller knows that it holds several.
    Everything in it is either given back, or of a kind that holds no words, or refused.

    :raises FileRefused: if it cannot be read whole: a picture of words, another file within it
    """
    ending = PurePath(name).suffix.lower()
    parts = [FilePart("the name of the file", PurePath(name).stem)]
    if ending == ".docx":
        return parts + list(parts_of_word_file(content))
    if ending == ".pdf":
        return parts + list(parts_of_pdf(content, most_pages=most_pages))
    return [*parts, FilePart("the letter", words_of_file(BytesIO(content), name))]
