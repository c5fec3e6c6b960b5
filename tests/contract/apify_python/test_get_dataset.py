"""`client.dataset(…).get()`: by every form of its id."""

import pytest


@pytest.mark.parametrize(
    "form",
    ["{trees}", "alice~trees", "alice/trees", "ALICE/Trees", "~trees", "~TREES", "{alice}~trees", "{alice}/trees"],
)
def test_finds_it_by_every_form_of_its_id(stand, calling, form):
    name = form.format(trees=stand.things["trees"].public_id, alice=stand.people["alice"].public_id)
    dataset = calling(stand.tokens["alice"], lambda client: client.dataset(name).get())
    assert (dataset.id, dataset.name) == (stand.things["trees"].public_id, "trees")


def test_reads_every_key(stand, calling):
    dataset = calling(stand.tokens["alice"], lambda client: client.dataset("~trees").get())
    assert (dataset.title, dataset.username) == ("Trees", "alice")
    assert dataset.user_id == stand.people["alice"].public_id
    assert (dataset.item_count, dataset.clean_item_count) == (12, 12)
    assert (dataset.fields, dataset.schema_) == (["height", "age"], None)
    assert str(dataset.console_url) == f"{stand.url}/datasets/trees"
    items = f"{stand.url}/v2/datasets/{stand.things['trees'].public_id}/items"
    assert str(dataset.items_public_url).startswith(f"{items}?signature=")
    assert dataset.general_access == "RESTRICTED"
    assert dataset.stats.storage_bytes == 4096


def test_an_unnamed_one_has_no_name(stand, calling):
    dataset = calling(stand.tokens["alice"], lambda client: client.dataset(stand.things["scratch"].public_id).get())
    assert dataset.name is None


@pytest.mark.parametrize("who", ["bob", "reader"])
def test_who_may_not_revise_it_is_given_no_key(stand, calling, who):
    dataset = calling(stand.tokens[who], lambda client: client.dataset("alice/trees").get())
    assert dataset.url_signing_secret_key is None
    assert "signature" not in str(dataset.items_public_url)


def test_what_is_public_is_found_though_no_list_holds_it(stand, calling):
    dataset = calling(stand.tokens["bob"], lambda client: client.dataset("carol/maps").get())
    assert dataset.general_access == "ANYONE_WITH_NAME_CAN_READ"


@pytest.mark.parametrize("form", ["trees", "bob/trees", "carol/secrets", "nobody/trees", "AAAAAAAAAAAAAAAAA", "~"])
def test_what_is_not_there_is_none(stand, calling, form):
    assert calling(stand.tokens["bob"], lambda client: client.dataset(form).get()) is None
