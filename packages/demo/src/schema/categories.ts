/** The first category with a word in the description wins; the order is from the special to the general. */
const WORDS_BY_CATEGORY: readonly (readonly [string, RegExp])[] = [
  ['Christmas', /CHRISTMAS|XMAS|ADVENT|SANTA|REINDEER|SNOW|ANGEL|FAIRY LIGHT|WREATH/],
  ['Jewellery', /NECKLACE|EARRING|BRACELET|RING\b|BROOCH|CHARM|BEAD|DIAMANTE|HAIR|CHOKER|ANKLET/],
  ['Candles and lights', /CANDLE|T-?LIGHT|LANTERN|LAMP|LIGHT|INCENSE/],
  [
    'Kitchen and table',
    /MUG|CUP|PLATE|BOWL|CAKE|TEA\b|TEAPOT|COFFEE|KITCHEN|CUTLERY|JAR|BOTTLE|JUG|TRAY|GLASS|EGG|LUNCH|BAKING|APRON|NAPKIN|COASTER|TABLE|DISH|SPOON|FOOD|COOK|RECIPE/,
  ],
  ['Bags and boxes', /BAG|BOX|TIN\b|TINS|PURSE|BASKET|CASE|HAMPER|WALLET|TRUNK|STORAGE|LUGGAGE/],
  [
    'Paper and gifts',
    /CARD|WRAP|PAPER|NOTEBOOK|GIFT|RIBBON|STICKER|TAPE|ENVELOPE|JOURNAL|CALENDAR|PENCIL|PEN\b|STATIONERY|TAG/,
  ],
  ['Garden', /GARDEN|FLOWER|PLANT|WATERING|BIRD|POT\b|SEED|HERB|PARASOL|BUTTERFLY|TREE/],
  [
    'Children and games',
    /CHILD|GIRL|BOY|BABY|DOLL|TOY|GAME|PUZZLE|BEAR|RABBIT|DINOSAUR|CIRCUS|SPACEBOY|JIGSAW|PLAYING|MAGIC|FELTCRAFT/,
  ],
  [
    'Textiles',
    /CUSHION|COVER|TOWEL|BLANKET|CURTAIN|RUG|DOORMAT|QUILT|THROW|SCARF|SLIPPER|SOCK|GLOVE|HOT WATER/,
  ],
  ['Party', /PARTY|BUNTING|GARLAND|BALLOON|BIRTHDAY|WEDDING|EASTER|VALENTINE/],
];

export const OTHER_CATEGORY = 'Home decoration';

export const CATEGORIES: readonly string[] = [
  ...WORDS_BY_CATEGORY.map(([category]) => category),
  OTHER_CATEGORY,
];

/** The category that a description's words suggest; synthetic, as the data name none. */
export function categoryOf(description: string): string {
  const text = description.toUpperCase();
  return WORDS_BY_CATEGORY.find(([, words]) => words.test(text))?.[0] ?? OTHER_CATEGORY;
}
