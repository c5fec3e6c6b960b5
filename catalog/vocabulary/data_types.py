"""Types of fields as the GFW dialect names them."""

import re

from catalog.vocabulary.text import fold

# Each of the types with the spellings that mean it or come nearest to it, folded and without what is in brackets.
# Unsigned integers take the next wider type, so that every value fits; labels of classes are stored as integers.
_SPELLINGS: dict[str, tuple[str, ...]] = {
    "date": ("sc:date", "esrifieldtypedateonly"),
    "timestamp": (
        *("datetime", "date-time", "sc:datetime", "datetime64", "timestamptz", "timestamp with time zone", "instant"),
        *("timestamp_ns", "timestamp_ms", "int96", "esrifieldtypedate", "datetime without time zone"),
    ),
    "timestamp without time zone": (),
    "character varying": ("varchar", "nvarchar", "character", "char", "bpchar"),
    "text": (
        *("string", "str", "sc:text", "sc:url", "large_string", "url", "uri", "utf8", "esrifieldtypestring"),
        *("category", "any", "keyword", "sc:name", "sc:enumeration"),
    ),
    "bigint": ("int64", "long", "bigserial", "uint32", "cr:int64", "cr:uint32", "esrifieldtypebiginteger"),
    "double precision": (
        *("double", "float", "float16", "float32", "float64", "float4", "float8", "real", "sc:float", "halffloat"),
        *("cr:float16", "cr:float32", "cr:float64", "esrifieldtypedouble", "esrifieldtypesingle"),
    ),
    "integer": (
        *("int", "int32", "int4", "serial", "sc:integer", "classlabel", "year", "uint16", "cr:int32", "cr:uint16"),
        *("esrifieldtypeinteger", "esrifieldtypeoid"),
    ),
    "numeric": ("number", "decimal", "decimal128", "decimal256", "uint64", "cr:uint64", "sc:number", "money"),
    "smallint": (
        *("int16", "int8", "int2", "uint8", "byte", "short", "tinyint", "cr:int16", "cr:int8", "cr:uint8"),
        *("esrifieldtypesmallinteger",),
    ),
    "geometry": (
        *("geography", "geom", "geojson", "geo_point", "geopoint", "sc:geocoordinates", "sc:geoshape", "point"),
        *("linestring", "polygon", "multipoint", "multilinestring", "multipolygon", "esrifieldtypegeometry", "wkb"),
    ),
    "ARRAY": (
        *("sequence", "list", "largelist", "array2d", "array3d", "array4d", "array5d", "string_list", "int_list"),
        *("double_list", "record_list", "repeated", "cr:boundingbox"),
    ),
    "boolean": ("bool", "bool_", "sc:boolean", "logical"),
    "jsonb": ("json", "object", "struct", "record", "map", "dict", "translation", "translationvariablelanguages"),
    "time": ("sc:time", "time without time zone", "time64", "esrifieldtypetimeonly"),
    "uuid": ("guid", "esrifieldtypeglobalid", "esrifieldtypeguid", "uniqueidentifier"),
    "xml": ("esrifieldtypexml",),
}
GFW_DATA_TYPES = tuple(_SPELLINGS)

_NEAREST = {fold(spelling): name for name, spellings in _SPELLINGS.items() for spelling in (name, *spellings)}
_BRACKETS = re.compile(r"[(<\[].*", re.DOTALL)
_ARRAY = re.compile(r".*\[\d*\]", re.DOTALL)


def gfw_data_type(given: str | None) -> str | None:
    """The one of `GFW_DATA_TYPES` nearest to the type spelled `given`; "text" for one unknown, None for none.

    Of several types in one text, separated by commas, the first that is known counts.
    """
    spelling = " ".join(fold(given or "").split())
    if not spelling:
        return None
    if _ARRAY.fullmatch(spelling) and not spelling.startswith("timestamp"):
        return "ARRAY"
    names = [spelling, _BRACKETS.sub("", spelling).strip(), *(part.strip() for part in spelling.split(","))]
    return next((_NEAREST[name] for name in names if name in _NEAREST), "text")
