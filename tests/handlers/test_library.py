from tests.support.phone import Phone, only


async def test_an_admin_seeds_the_library_and_seeding_again_changes_nothing(admin: Phone) -> None:
    first = only(await admin.sends("/seed"), "sendMessage").text
    second = only(await admin.sends("/seed"), "sendMessage").text
    assert "new" in first
    assert "up to date" in second
