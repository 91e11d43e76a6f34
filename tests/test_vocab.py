from enum import StrEnum

from geo import vocab
from geo.vocab import GROUP_OF, Kind, KindGroup


def test_every_kind_belongs_to_a_group() -> None:
    assert set(GROUP_OF) == set(Kind)


def test_no_group_is_empty() -> None:
    assert set(GROUP_OF.values()) == set(KindGroup)


def test_kinds_stand_in_the_order_of_their_groups() -> None:
    groups = [GROUP_OF[kind] for kind in Kind]
    assert groups == sorted(groups, key=list(KindGroup).index)


def test_there_are_eighteen_kinds_in_six_groups() -> None:
    assert (len(Kind), len(KindGroup)) == (18, 6)


def test_groups_name_acts_as_the_design_lists_them() -> None:
    confrontation = {kind for kind in Kind if GROUP_OF[kind] == "confrontation"}
    assert confrontation == {"clash", "barricade", "disruption"}


def test_words_in_files_are_lower_case_with_hyphens() -> None:
    words = [
        word for each in vars(vocab).values() if is_vocabulary(each) for word in each
    ]
    assert words
    assert [word for word in words if not word.replace("-", "").islower()] == []


def is_vocabulary(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, StrEnum) and len(value) > 0
