def test_given(client, given):
    alice, bob = given.user("alice"), given.user("bob")
    given.dataset("trees", owner=alice, shared_with=[bob], assets=[{"kind": "csv", "fields": ["a"]}])
    given.dataset("maps", owner=alice, visibility="public")
    assert client.get("/datasets").json == {"data": ["maps"]}
    assert client.get("/datasets", token=given.token(bob)).json == {"data": ["maps", "trees"]}
