"""More places of the county: where the sick, the cold goods and the shoppers go."""

from tests.reckoning.facts import PLACE_AREA, PLACE_CATEGORY
from tests.town import EAST, GRID, WEST

HEADING = ("code", "category", "name", "area", "lat", "lon", "chiefs", "notes")
PLACES = (
    ("HP1", "hospital", "县医院", WEST, "", "", "", ""),
    ("HC1", "health_centre", "卫生院", EAST, "", "", "", ""),
    ("VC1", "village_clinic", "网格卫生室", GRID, "", "", "", ""),
    ("VC2", "village_clinic", "东岭卫生室", EAST, "", "", "", ""),
    ("CS2", "cold_store", "二号冷库", EAST, "", "", "territory:W1;industry:W2;enterprise:W1", ""),
    ("CS3", "cold_store", "三号冷库", GRID, "", "", "territory:W1;industry:W2;enterprise:W9", ""),
    ("CS4", "cold_store", "四号冷库", EAST, "", "", "territory:W3;industry:W2;enterprise:W1;safety:W9", ""),
    ("KP1", "coldchain_post", "东岭冷链卡口", EAST, "", "", "", ""),
    ("KP2", "coldchain_post", "网格冷链卡口", GRID, "", "", "", ""),
    ("KP3", "coldchain_post", "西坪冷链卡口", WEST, "", "", "", ""),
)
AREA_OF = PLACE_AREA | {row[0]: row[3] for row in PLACES}
CATEGORY_OF = PLACE_CATEGORY | {row[0]: row[1] for row in PLACES}
CHIEFS = {row[0]: row[6] for row in PLACES if row[1] == "cold_store"} | {"CS1": "territory:W1;industry:W2;enterprise:W3"}
