"""The names that labels of versions give."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.vocabulary.versions import GFW_VERSION, Names, derive, is_label_addressable, normalize_gfw, semver_key

MANY = settings(max_examples=20 * settings.default.max_examples)

DOTTED = st.lists(st.integers(0, 1200), min_size=1, max_size=4).map(lambda parts: ".".join(map(str, parts)))
LABELS = st.lists(
    st.one_of(
        DOTTED,
        DOTTED.map("v{}".format),
        st.dates().map(str),
        st.sampled_from(
            ["latest", "raw", "Release 7", "Release 07", "July 2024", "01/2022", "v1", "V1", "1", "99999999"]
        ),
        st.text(max_size=12),
    ),
    max_size=12,
)


@pytest.mark.parametrize(
    ("label", "gfw", "semver"),
    [
        ("1.1", "v1.1", "1.1.0"),
        ("1.1.0", "v1.1.0", "1.1.0"),
        ("v1", "v1", "1.0.0"),
        ("v002", "v002", "2.0.0"),
        ("1115.0.0", "v1115.0.0", "1115.0.0"),
        ("2018.04.18", "v2018.04.18", "2018.4.18"),
        ("2017-04-07", "v20170407", "2017.4.7"),
        ("2017-04-07T10:00:00Z", "v20170407", "2017.4.7"),
        ("v20200626", "v20200626", "2020.6.26"),
        ("01/2022", "v202201", "2022.1.0"),
        ("2022-01", "v202201", "2022.1.0"),
        ("202201", "v202201", "2022.1.0"),
        ("July 2024", "v202407", "2024.7.0"),
        ("Sept. 2021", "v202109", "2021.9.0"),
        ("2015", "v2015", "2015.0.0"),
        ("Release 55", "v55", "55.0.0"),
        ("Release 06.1", "v6.1", "6.1.0"),
        ("COMPOSITES/C02", "v2", "2.0.0"),
        ("P2023A", "v2023", "2023.0.0"),
        ("２.５ full width", "v2.5", "2.5.0"),
        ("123456789012", "v12345678", "12345678.0.0"),
        ("20180319.1626", "v20180319.162", "20180319.1626.0"),
        ("1.0.20240101120000", "v1.0.202", "1.0.20240101120000"),
        ("2017-02-30", "v2017", "2017.0.0"),
        ("2024-13", "v2024", "2024.0.0"),
        ("1.2.3.4", "v1.2.3", "1.2.3"),
        ("latest", "v0", "0.0.1"),
        ("raw", "v0", "0.0.1"),
        ("", "v0", "0.0.1"),
    ],
)
def test_the_first_rule_that_fits_names_a_label(label, gfw, semver):
    assert derive([label]) == {label: Names(gfw, semver, semver_key(semver))}


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["Release 55", "release-55"], {"Release 55": ("v55", "55.0.0"), "release-55": ("v56", "55.0.1")}),
        (["latest", "harmonized", "raw"], {"latest": "v0 0.0.1", "harmonized": "v1 0.0.2", "raw": "v2 0.0.3"}),
        (["1.1", "1.1.0", "1.1.1"], {"1.1": "v1.1 1.1.2", "1.1.0": "v1.1.0 1.1.0", "1.1.1": "v1.1.1 1.1.1"}),
        (["2025a", "2025b", "2026"], {"2025a": "v2025 2025.0.0", "2025b": "v2027 2025.0.1", "2026": "v2026 2026.0.0"}),
        (["1", "v1"], {"1": "v2 1.0.1", "v1": "v1 1.0.0"}),
        (["v1.999", "x1.999"], {"v1.999": "v1.999 1.999.0", "x1.999": "v2.0 1.999.1"}),
        (["v99999999", "a99999999"], {"v99999999": "v99999999 99999999.0.0", "a99999999": "v0 99999999.0.1"}),
    ],
)
def test_labels_that_ask_for_one_name_share_out_the_next(labels, expected):
    pairs = {label: tuple(names.split()) if isinstance(names, str) else names for label, names in expected.items()}
    assert {label: (names.gfw, names.semver) for label, names in derive(labels).items()} == pairs


def test_settled_names_are_not_given_again():
    settled = derive(["1.0", "raw"]).values()
    derived = derive(["1.0.0", "v1.0", "other"], settled)
    assert {label: (names.gfw, names.semver) for label, names in derived.items()} == {
        "1.0.0": ("v1.0.0", "1.0.1"),
        "v1.0": ("v1.1", "1.0.2"),
        "other": ("v1", "0.0.2"),
    }


@pytest.mark.long
@given(LABELS, LABELS)
@MANY
def test_names_are_well_formed_and_unique_and_do_not_depend_on_the_order(labels, earlier):
    taken = list(derive(earlier).values())
    derived = derive(labels, taken)
    assert derive(sorted(labels), reversed(taken)) == derived
    assert derived.keys() == set(labels)
    names = [*derived.values(), *taken]
    assert [one.gfw for one in names if not GFW_VERSION.fullmatch(one.gfw)] == []
    assert len({one.gfw for one in names}) == len({one.semver for one in names}) == len(names)
    assert all(one.key == semver_key(one.semver) for one in names)


@given(st.lists(st.tuples(*[st.integers(0, 10**15)] * 3), min_size=2))
def test_keys_sort_as_versions_do(versions):
    by_key = sorted(versions, key=lambda version: semver_key(".".join(map(str, version))))
    assert by_key == sorted(versions)


def test_many_labels_that_ask_for_one_name_have_names_soon():
    labels = [f"x{'!' * (n % 7)}{chr(0x4E00 + n)}" for n in range(5000)]
    assert len({names.gfw for names in derive(labels).values()}) == len(labels)


@pytest.mark.parametrize("label", ["1.1.0", "Release 55", "2017-04-07", "v1_HARMONIZED"])
def test_plain_labels_stand_in_addresses(label):
    assert is_label_addressable(label)


@pytest.mark.parametrize(
    "label", ["latest", "Latest", "metadata", "versions", "visibility", "download", "a/b", "é", "", ".", "..", "1\n"]
)
def test_other_labels_do_not(label):
    assert not is_label_addressable(label)


@pytest.mark.parametrize(
    ("text", "name"),
    [("v1.8", "v1.8"), ("1.8", "v1.8"), ("20200626", "v20200626"), ("v1.8.3", "v1.8.3")],
)
def test_takes_a_gfw_version_with_and_without_its_letter(text, name):
    assert normalize_gfw(text) == name


@pytest.mark.parametrize("text", ["latest", "V1", "v", "", "v1.8.", "v1.2345", "v123456789", "v1\n", "v١", " 1", "vv1"])
def test_refuses_what_is_no_gfw_version(text):
    assert normalize_gfw(text) is None


@pytest.mark.real_records
def test_real_labels_have_names_of_their_own(records):
    for record in records:
        labels = {*record["versions"], *(asset["version"] for asset in record["assets"] if asset.get("version"))}
        derived = derive(labels)
        assert derived == derive(sorted(labels, reverse=True))
        assert len({names.gfw for names in derived.values()}) == len(labels)
        assert len({names.semver for names in derived.values()}) == len(labels)
        assert all(GFW_VERSION.fullmatch(names.gfw) for names in derived.values())
