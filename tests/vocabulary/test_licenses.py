"""Licenses recognized in whatever a source wrote about them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.vocabulary.licenses import license_id, license_title

MANY = settings(max_examples=20 * settings.default.max_examples)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CC-BY-4.0", "CC-BY-4.0"),
        ("cc-by-4.0", "CC-BY-4.0"),
        ("CC by 4.0", "CC-BY-4.0"),
        ("CC BY 4", "CC-BY-4.0"),
        ("[CC BY 4.0](https://www.oecd.org/termsandconditions)", "CC-BY-4.0"),
        ("http://creativecommons.org/licenses/by/4.0", "CC-BY-4.0"),
        ("https://creativecommons.org/licenses/by/4.0/deed.it", "CC-BY-4.0"),
        ("https://choosealicense.com/licenses/cc-by-4.0/", "CC-BY-4.0"),
        ("[CC BY](https://creativecommons.org/licenses/by/4.0/)", "CC-BY-4.0"),
        ("Creative Commons Attribution 4.0 International (CC BY 4.0)", "CC-BY-4.0"),
        ("Creative Commons Attribution 4.0 United States License", "CC-BY-4.0"),
        ("<p>Licensed under <a href='https://creativecommons.org/licenses/by/4.0/'>CC&nbsp;BY</a>.</p>", "CC-BY-4.0"),
        ("CC BY", "CC-BY"),
        ("Creative Commons, Naamsvermelding", "CC-BY"),
        ("[Creative Commons Atribuição](http://www.opendefinition.org/licenses/cc-by)", "CC-BY"),
        ("Creative Commons Namensnennung 3.0 DE\r", "CC-BY-3.0-DE"),
        ("Creative Commons Attribution 3.0 United States License", "CC-BY-3.0-US"),
        ("https://creativecommons.org/licenses/by/3.0/igo/", "CC-BY-3.0-IGO"),
        ("[CC BY-NC-SA 3.0 IGO](https://www.who.int/about/policies/publishing/copyright)", "CC-BY-NC-SA-3.0-IGO"),
        ("CC BY-SA-NC 4.0", "CC-BY-NC-SA-4.0"),
        ("Creative Commons Attribution-NonCommercial-NoDerivatives 4.0 International", "CC-BY-NC-ND-4.0"),
        ("CC0", "CC0-1.0"),
        ("CC0 1.0 Universal (CC0 1.0) Public Domain Dedication", "CC0-1.0"),
        ("http://creativecommons.org/publicdomain/zero/1.0/legalcode", "CC0-1.0"),
        (
            "[Open Data Commons Open Database License (ODbL)](http://www.opendefinition.org/licenses/odc-odbl)",
            "ODbL-1.0",
        ),
        ("odc-by", "ODC-By-1.0"),
        ("[Open Data Commons Public Domain Dedication and License (PDDL)](http://x.org)", "PDDL-1.0"),
        ("mit", "MIT"),
        ("[MIT License](https://opensource.org/license/mit)", "MIT"),
        ("Apache License, Version 2.0", "Apache-2.0"),
        ("apache-2.0", "Apache-2.0"),
        ("bsd-3-clause", "BSD-3-Clause"),
        ("gpl-3.0", "GPL-3.0"),
        ("GNU Lesser General Public License", "LGPL"),
        ("https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/", "OGL-UK-3.0"),
        ("[Open Government License v3](https://www.metoffice.gov.uk/hadobs)", "OGL-UK-3.0"),
        ("[UK Open Government Licence (OGL)](http://reference.data.gov.uk/id/open-government-licence)", "OGL-UK"),
        ("[Open Government License (OGL)](https://open.canada.ca/en/open-government-licence-canada)", "OGL-Canada"),
        ("https://www.etalab.gouv.fr/licence-ouverte-open-licence/", "Licence-Ouverte"),
        ("https://www.etalab.gouv.fr/wp-content/uploads/2017/04/ETALAB-Licence-Ouverte-v2.0.pdf", "etalab-2.0"),
        ("https://www.govdata.de/dl-de/by-2-0", "DL-DE-BY-2.0"),
        ("https://data.norge.no/nlod/en/2.0", "NLOD-2.0"),
        ("[CDLA-Sharing](https://cdla.io/sharing-1-0/)", "CDLA-Sharing-1.0"),
        ("Public Domain", "public-domain"),
        ("This data is in the public domain and may be used without permission.", "public-domain"),
        ("U.S. Public Domain", "public-domain-US"),
        ("http://www.usa.gov/publicdomain/label/1.0/", "public-domain-US"),
    ],
)
def test_recognizes_a_license_that_is_stated(text, expected):
    assert license_id(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *(None, "", "other", "unknown", "various", "Open Access", "proprietary", "Creative Commons", "BSD", "MIT-0"),
        "https://www.bctransit.com/open-data/terms-of-use",
        "https://example.org/cc0-policy/mit/gpl",
        "cc-by-sa-3.0, gfdl",
        "bsd-2-clause, mit",
        "CC0, CC-BY",
        "[CC BY 3.0](https://creativecommons.org/licenses/by-nc-sa/3.0/igo/)",
        "[World Bank Open Database License (ODbL)](https://creativecommons.org/licenses/by/4.0/)",
        "Copernicus Licence (similar to CC-BY-4.0): You are free to share and adapt the material",
        "CC-BY-4.0 unless otherwise specified",
        "The code in this repository is licensed under Apache 2.0",
        "Creative Commons Attribution 4.0 International License. The photos have their own licenses.",
        "[Open Government Licence v3.0 except](https://www.gov.scot/crown-copyright/)",
        "Open Government Licence - Ontario, version 1.0",
        "Public Domain with Attribution",
        "[recount3 is Public Domain, recount2 is CC0](https://creativecommons.org/share-your-work/public-domain/cc0/)",
        "[CC BY 4.0](https://creativecommons.org/licenses/by/4.0/) and the [Terms of Use](https://example.org/terms)",
        "[CBERS data](https://creativecommons.org/licenses/by-sa/3.0/), [Landsat data](https://example.org/landsat)",
        "[Public domain, some tracks require attribution](https://genome.ucsc.edu/license/)",
        "Creative Commons Non-Commercial (Any)",
        "terms " * 400 + "CC BY 4.0",
    ],
)
def test_says_nothing_when_in_doubt(text):
    assert license_id(text) is None


@pytest.mark.parametrize(
    ("id", "title"),
    [
        ("CC-BY-4.0", "CC BY 4.0"),
        ("CC-BY-NC-SA-3.0-IGO", "CC BY-NC-SA 3.0 IGO"),
        ("CC-BY", "CC BY"),
        ("CC0-1.0", "CC0 1.0"),
        ("ODbL-1.0", "ODbL 1.0"),
        ("OGL-UK-3.0", "OGL UK 3.0"),
        ("OGL-Canada", "OGL Canada"),
        ("BSD-3-Clause", "BSD-3-Clause"),
        ("MIT", "MIT"),
        ("etalab-2.0", "Licence Ouverte 2.0"),
        ("public-domain-US", "US public domain"),
        ("anything", "anything"),
        ("", ""),
    ],
)
def test_titles_are_what_readers_know(id, title):
    assert license_title(id) == title


@pytest.mark.long
@given(
    st.one_of(st.text(), st.lists(st.sampled_from(["CC", "BY", "-", " ", "4.0", "SA", "http://", "&#9", "<a", "["])))
)
@MANY
def test_no_text_is_a_fault(text):
    license = license_id(text if isinstance(text, str) else "".join(text))
    assert license is None or license_title(license)


@pytest.mark.real_records
def test_an_id_is_recognized_as_itself(records):
    texts = {record["metadata"]["license"] for record in records}
    ids = {license_id(text) for text in texts} - {None}
    assert len(ids) > 50
    assert {id: license_id(id) for id in ids} == {id: id for id in ids}
