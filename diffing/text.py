"""Two texts as word-level operations. The only importer of diff-match-patch.

The library compares characters; here each token becomes one character, so nothing it does, its semantic cleanup
included, can cut a number, a code, a citation or a date. Its clock is off: a result never depends on the load of a machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, chain, compress, groupby
from operator import add, sub

from diff_match_patch import diff_match_patch
from rapidfuzz.distance import Indel, LCSseq

from archive.records import Operation
from archive.vocabulary.folding import cached_key
from diffing.tokens import fold_token, likeness_tokens, tokenize

# Words become letters and marks become symbols, so that the cleanup's sense for the edges of words holds on tokens as well.
_LETTERS = (range(0x20000, 0x2A6D7), range(0x2A700, 0x2B739), range(0x30000, 0x31340))
_SYMBOLS = (range(0xF0000, 0xFFFFE), range(0x100000, 0x10FFFE))
# Above this many edited tokens the library's search in pure Python costs seconds; the bit-parallel one of
# rapidfuzz finds a shortest script too, and the same cleanup follows. Measured by benchmarks/compare_text.py.
_MANY_EDITS = 400

# The library's cleanup starts over after each word it draws in, so its cost grows with the square of the edits.
_MANY_RUNS = 400

_DELETE, _INSERT, _EQUAL = -1, 1, 0


Edit = tuple[int, int]
"""An operation and how many tokens: the texts stand beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hunk:
    """Tokens ``before[i1:i2]`` became ``after[j1:j2]``; one of the two may be empty."""

    i1: int
    i2: int
    j1: int
    j2: int


@dataclass(frozen=True, kw_only=True)
class Redline:
    """The comparison of two texts, ``texts``. ``ops`` is for readers; ``hunks`` are the smallest differences of the comparison keys, for
    rules. Tokens are without blanks; ``before_blanks[i]`` is the blank before token ``i`` (the last one ends the text)."""

    texts: tuple[str, str]
    edits: tuple[Edit, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    before_blanks: tuple[str, ...]
    after_blanks: tuple[str, ...]

    @cached_property
    def ops(self) -> tuple[Operation, ...]:
        """The operations that make one text of the other, as a reader wants them."""
        cleaned = _cleaned(list(self.edits), self.before, self.after)
        return _operations(cleaned, self.before, self.before_blanks, self.after, self.after_blanks)

    @cached_property
    def hunks(self) -> tuple[Hunk, ...]:
        """The smallest differences, in order."""
        return tuple(_hunks(self.edits))

    @cached_property
    def before_starts(self) -> tuple[int, ...]:
        """Where each token of the old text begins in it."""
        return _starts(self.before, self.before_blanks)

    @cached_property
    def after_starts(self) -> tuple[int, ...]:
        """Where each token of the new text begins in it."""
        return _starts(self.after, self.after_blanks)


def _starts(tokens: tuple[str, ...], blanks: tuple[str, ...]) -> tuple[int, ...]:
    ends = accumulate(map(add, map(len, blanks), map(len, tokens)))
    return tuple(map(sub, ends, map(len, tokens)))


def redline(before: str, after: str) -> Redline:
    """Compare two texts by words. Joining ``=`` and ``-`` of the operations gives ``before``, ``=`` and ``+`` gives ``after``."""
    old, old_folded, old_blanks = _split(before)
    new, new_folded, new_blanks = _split(after)
    return Redline(
        texts=(before, after),
        edits=tuple(_edits(old_folded, new_folded)),
        before=tuple(old),
        after=tuple(new),
        before_blanks=tuple(old_blanks),
        after_blanks=tuple(new_blanks),
    )


def likeness(before: str, after: str) -> float:
    """2·M/T over the tokens of the comparison keys: words, numbers, punctuation; characters in Japanese and Chinese."""
    first, second = likeness_tokens(cached_key(before)), likeness_tokens(cached_key(after))
    if not first and not second:
        return 1.0
    return round(float(Indel.normalized_similarity(first, second)), 4)


def _split(text: str) -> tuple[list[str], list[str], list[str]]:
    """The tokens, their comparison keys, and the blank before each and at the end. No token goes over the end of a line."""
    tokens: list[str] = []
    folded: list[str] = []
    blanks: list[str] = [""]
    for number, line in enumerate(text.split("\n")):
        its_tokens, its_keys, (first, *others) = cached_line(line)
        tokens += its_tokens
        folded += its_keys
        blanks[-1] += f"\n{first}" if number else first
        blanks += others
    return tokens, folded, blanks


@lru_cache(maxsize=1 << 12)
def cached_line(text: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """:func:`_split` for one line, remembered: two texts that are compared share most of their lines."""
    pieces = tokenize(text)
    keys = list(map(fold_token, pieces))
    blanks: list[str] = []
    blank = ""
    for piece, key in zip(pieces, keys, strict=True):
        if key:
            blanks.append(blank)
            blank = ""
        else:
            blank += piece
    blanks.append(blank)
    return tuple(compress(pieces, keys)), tuple(filter(None, keys)), tuple(blanks)


def _edits(old: Sequence[str], new: Sequence[str]) -> list[Edit]:
    """A shortest edit script over folded tokens."""
    head = 0
    while head < len(old) and head < len(new) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < len(old) - head and tail < len(new) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    middle = _middle(old[head : len(old) - tail], new[head : len(new) - tail])
    return _merged([(_EQUAL, head), *middle, (_EQUAL, tail)])


def _middle(old: Sequence[str], new: Sequence[str]) -> list[Edit]:
    if not old or not new:
        return [(_DELETE, len(old)), (_INSERT, len(new))]
    different = dict.fromkeys(chain(old, new))
    if len(different) > len(_LETTERS[0]):
        return _found_by_bits(old, new)
    letters = dict(zip(different, map(chr, chain.from_iterable(_LETTERS)), strict=False))
    first, second = "".join(map(letters.__getitem__, old)), "".join(map(letters.__getitem__, new))
    if Indel.distance(first, second, score_cutoff=_MANY_EDITS) > _MANY_EDITS:
        return _found_by_bits(first, second)
    engine = diff_match_patch()
    engine.Diff_Timeout = 0
    return [(kind, len(characters)) for kind, characters in engine.diff_main(first, second, False)]


def _found_by_bits(old: Sequence[str], new: Sequence[str]) -> list[Edit]:
    found: list[Edit] = []
    for step in LCSseq.opcodes(old, new):
        if step.tag == "equal":
            found.append((_EQUAL, step.src_end - step.src_start))
        else:
            found.append((_DELETE, step.src_end - step.src_start))
            found.append((_INSERT, step.dest_end - step.dest_start))
    return found


def _merged(edits: Iterable[Edit]) -> list[Edit]:
    """Neighbours of one kind joined, deletions before insertions, nothing empty."""
    merged: list[Edit] = []
    for same, run in groupby(edits, key=lambda edit: edit[0] == _EQUAL):
        steps = list(run)
        for operation in (_EQUAL,) if same else (_DELETE, _INSERT):
            count = sum(size for kind, size in steps if kind == operation)
            if count:
                merged.append((operation, count))
    # An empty run between two others leaves two equal runs side by side.
    joined: list[Edit] = []
    for edit in merged:
        if joined and joined[-1][0] == edit[0] == _EQUAL:
            joined[-1] = (_EQUAL, joined[-1][1] + edit[1])
        else:
            joined.append(edit)
    return joined


def _hunks(edits: Iterable[Edit]) -> Iterator[Hunk]:
    i = j = i1 = j1 = 0
    for operation, count in chain(edits, [(_EQUAL, 0)]):
        if operation == _DELETE:
            i += count
        elif operation == _INSERT:
            j += count
        else:
            if i > i1 or j > j1:
                yield Hunk(i1=i1, i2=i, j1=j1, j2=j)
            i, j = i + count, j + count
            i1, j1 = i, j


def _cleaned(edits: list[Edit], old: Sequence[str], new: Sequence[str]) -> list[Edit]:
    """The script as a reader wants it: a word left standing between two edits is drawn into them, edges sit at edges of
    phrases. Cells of a row are cleaned one by one."""
    if len(edits) > _MANY_RUNS:
        edits = _coarsened(edits)
    runs = sum(kind != _EQUAL for kind, _ in edits)
    if runs < 2 or runs > _MANY_RUNS or len({*old, *new}) > len(_LETTERS[0]):
        return edits
    alphabets = {True: chain.from_iterable(_LETTERS), False: chain.from_iterable(_SYMBOLS)}
    letters: dict[str, str] = {}

    def letter(token: str) -> str:
        key = fold_token(token)
        if key not in letters:
            letters[key] = chr(next(alphabets[key[0].isalnum()]))
        return letters[key]

    engine = diff_match_patch()
    cleaned: list[Edit] = []
    cell: list[tuple[int, str]] = []

    def close() -> None:
        engine.diff_cleanupSemantic(cell)
        cleaned.extend((kind, len(characters)) for kind, characters in cell)
        cell.clear()

    i = j = 0
    for operation, count in edits:
        if operation == _DELETE:
            cell.append((operation, "".join(map(letter, old[i : i + count]))))
            i += count
        elif operation == _INSERT:
            cell.append((operation, "".join(map(letter, new[j : j + count]))))
            j += count
        else:
            start = i
            for at in range(i, i + count):
                if old[at] == "|":
                    if at > start:
                        cell.append((_EQUAL, "".join(map(letter, old[start:at]))))
                    close()
                    cleaned.append((_EQUAL, 1))
                    start = at + 1
            if i + count > start:
                cell.append((_EQUAL, "".join(map(letter, old[start : i + count]))))
            i, j = i + count, j + count
    close()
    return _merged(cleaned)


def _coarsened(edits: list[Edit]) -> list[Edit]:
    """One pass of the cleanup's first step: an equal run no longer than the edits on either side is drawn into them."""
    kept: list[Edit] = []
    edited = [0, 0]  # deleted and inserted tokens of the edit before the last equal run
    for k, (operation, count) in enumerate(edits):
        if operation != _EQUAL:
            edited[operation == _INSERT] += count
            kept.append((operation, count))
            continue
        following = [0, 0]
        for kind, size in edits[k + 1 : k + 3]:
            if kind == _EQUAL:
                break
            following[kind == _INSERT] += size
        if count <= max(edited) and count <= max(following):
            kept += [(_DELETE, count), (_INSERT, count)]
            edited = [edited[0] + count, edited[1] + count]
        else:
            kept.append((_EQUAL, count))
            edited = [0, 0]
    return _merged(kept)


def _operations(
    edits: Iterable[Edit],
    old: Sequence[str],
    old_blanks: Sequence[str],
    new: Sequence[str],
    new_blanks: Sequence[str],
) -> tuple[Operation, ...]:
    """Token edits as operations on the exact texts, blanks included."""
    steps: list[Operation] = []
    i = j = 0
    for operation, count in edits:
        if operation == _DELETE:
            steps += [("-", old_blanks[k] + old[k]) for k in range(i, i + count)]
            i += count
        elif operation == _INSERT:
            steps += [("+", new_blanks[k] + new[k]) for k in range(j, j + count)]
            j += count
        else:
            here, there = slice(i, i + count), slice(j, j + count)
            if old[here] == new[there] and old_blanks[here] == new_blanks[there]:
                texts = chain.from_iterable(zip(old_blanks[here], old[here], strict=True))
                steps.append(("=", "".join(texts)))
            else:
                for k in range(count):
                    steps += _pair(old_blanks[i + k], new_blanks[j + k])
                    steps += _pair(old[i + k], new[j + k])
            i, j = i + count, j + count
    steps += _pair(old_blanks[-1], new_blanks[-1])
    return tuple(_joined(steps))


def _pair(before: str, after: str) -> list[Operation]:
    return [("=", before)] if before == after else [("-", before), ("+", after)]


def _joined(steps: Iterable[Operation]) -> Iterator[Operation]:
    """Runs of one sign joined; what a deletion and its insertion share of blanks at their edges is equal."""
    equal = ""
    for same, run in groupby(steps, key=lambda step: step[0] == "="):
        pieces = list(run)
        if same:
            equal += "".join(text for _, text in pieces)
            continue
        gone = "".join(text for sign, text in pieces if sign == "-")
        come = "".join(text for sign, text in pieces if sign == "+")
        head = 0
        while head < min(len(gone), len(come)) and gone[head] == come[head] and gone[head].isspace():
            head += 1
        equal, gone, come = equal + gone[:head], gone[head:], come[head:]
        if gone == come:
            equal += gone
            continue
        if equal:
            yield ("=", equal)
        equal = ""
        if gone:
            yield ("-", gone)
        if come:
            yield ("+", come)
    if equal:
        yield ("=", equal)
