/** The sample data of `values.kind: json`: orders of a small shop, the k-th always the same. It starts over after CYCLE. */
const CUSTOMERS = [
  'Anna Roth',
  'Ines Costa',
  'Mei Lin',
  'Bruno Rossi',
  'Liam Reed',
  'Omar Said',
  'Noor Haddad',
  'Jonas Berg',
  'Aiko Mori',
  'Lucia Vega',
];
const ITEMS = [
  'blue mug',
  'tea pot',
  'wool scarf',
  'desk lamp',
  'rain coat',
  'note book',
  'bread knife',
  'picture frame',
  'garden gloves',
  'wall clock',
  'bike bell',
];
const CITIES = ['Porto', 'Turin', 'Lyon', 'Ghent', 'Leeds', 'Malmo', 'Graz'];
const PRICES = [1850, 2490, 3200, 4575, 8900, 620, 1499, 2100, 990, 3650, 1275];
const CYCLE = CUSTOMERS.length * ITEMS.length * CITIES.length;
const FIRST_ORDER = 1001;

export function sampleOrder(k: number): string {
  const i = k % CYCLE;
  const quantity = 1 + (i % 3);
  const cents = (PRICES[i % PRICES.length] as number) * quantity;
  const customer = CUSTOMERS[i % CUSTOMERS.length];
  const item = ITEMS[i % ITEMS.length];
  const city = CITIES[i % CITIES.length];
  return JSON.stringify({ order: FIRST_ORDER + i, customer, item, quantity, total: cents / 100, city });
}
