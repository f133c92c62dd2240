"""How large a file may be; past each limit it is refused in words before it can do harm."""

MEGABYTE = 1024 * 1024

WORKBOOK_BYTES = 100 * MEGABYTE
TEXT_BYTES = 300 * MEGABYTE
XML_BYTES = 20 * MEGABYTE

# A workbook is a zip file. 200,000 rows of 30 columns unpack to about 320 MB, 11 times the file.
UNPACKED_BYTES = 1200 * MEGABYTE
SHARED_TEXT_BYTES = 96 * MEGABYTE
PART_BYTES = 8 * MEGABYTE
TIMES_LARGER = 120
PARTS = 2000

# The most characters that Excel itself keeps in one cell.
CELL_CHARACTERS = 32_767
LINE_BYTES = MEGABYTE
ROW_BYTES = 4 * MEGABYTE
ROWS = 1_000_000
COLUMNS = 400

# How much of a sheet is unpacked at a time: this bounds the memory that a workbook needs.
BLOCK_BYTES = 24 * MEGABYTE
# How much text, which a workbook may keep once for many cells, such a block may refer to.
TEXT_AT_A_TIME = 64 * MEGABYTE
# How many cells, filled or empty, may lie between the corners of such a block: 32 bytes each.
CELLS_AT_A_TIME = 4_000_000
HEADER_WITHIN_ROWS = 40
