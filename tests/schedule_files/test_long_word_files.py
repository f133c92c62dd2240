"""A Word file with far more lines or rows than a schedule has is refused before it is read."""

import zipfile
from io import BytesIO

import pytest

from forthright.schedule_files.reading import read_schedules
from forthright.table_files.problems import FileRefused
from tests.schedule_files.files import ROWS, a_word_schedule

LINE = b"<w:p><w:r><w:t>1. x</w:t></w:r></w:p>"
ROW = b"<w:tr><w:tc>" + LINE + b"</w:tc></w:tr>"


def longer(*, behind, more):
    """Return a schedule into whose words more is put behind the last of something."""
    kept = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(a_word_schedule(ROWS))) as before,
        zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as package,
    ):
        for name in before.namelist():
            content = before.read(name)
            if name == "word/document.xml":
                first, end, rest = content.rpartition(behind)
                content = first + end + more + rest
            package.writestr(name, content)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("behind", "more", "said"),
    [(b"</w:p>", LINE * 600_000, "600,003 lines beside its tables; a schedule has 2,000 at most"),
     (b"</w:tr>", ROW * 30_000, "30,004 rows; a schedule has 21,000 at most")],
)  # fmt: skip
def test_it_is_refused_with_what_to_do(tmp_path, behind, more, said):
    path = tmp_path / "mg6c.docx"
    path.write_bytes(longer(behind=behind, more=more))

    with pytest.raises(FileRefused) as refused:
        read_schedules(path)

    assert said in refused.value.problem.message
    assert "a file of its own" in refused.value.problem.mend


def test_one_with_as_many_lines_as_a_long_paper_is_read(tmp_path):
    path = tmp_path / "mg6c.docx"
    path.write_bytes(longer(behind=b"</w:p>", more=LINE * 200))

    assert [len(each.items) for each in read_schedules(path)] == [3]
