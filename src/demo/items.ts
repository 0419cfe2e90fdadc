import { DemoError, readFields, sendJson, type DemoCall } from './demoCall.ts';
import type { DemoItem } from './demoState.ts';
import type { DemoRoute } from './demoRoute.ts';

/** A small collection to create, read, change and delete. It lives in memory and begins with two items. */
export const itemRoutes: readonly DemoRoute[] = [
  { method: 'GET', path: '/items', about: 'All items', run: listItems },
  {
    method: 'POST',
    path: '/items',
    about: 'Create an item from "name" and "price": 201 with Location',
    run: createItem,
  },
  { method: 'GET', path: '/items/:id', about: 'One item', run: showItem },
  { method: 'PUT', path: '/items/:id', about: 'Replace an item', run: replaceItem },
  { method: 'PATCH', path: '/items/:id', about: 'Change the fields that are given', run: changeItem },
  { method: 'DELETE', path: '/items/:id', about: 'Delete an item: 204', run: deleteItem },
];

function listItems(call: DemoCall): void {
  sendJson(call, 200, { items: [...call.state.items.values()] });
}

async function createItem(call: DemoCall): Promise<void> {
  const fields = await readFields(call);
  const item: DemoItem = { id: call.state.nextItemId, name: nameOf(fields), price: priceOf(fields) };
  call.state.nextItemId += 1;
  call.state.items.set(item.id, item);
  call.response.setHeader('Location', `/items/${item.id}`);
  sendJson(call, 201, item);
}

function showItem(call: DemoCall): void {
  sendJson(call, 200, itemOf(call));
}

async function replaceItem(call: DemoCall): Promise<void> {
  const { id } = itemOf(call);
  const fields = await readFields(call);
  store(call, { id, name: nameOf(fields), price: priceOf(fields) });
}

async function changeItem(call: DemoCall): Promise<void> {
  const item = itemOf(call);
  const fields = { ...item, ...(await readFields(call)) };
  store(call, { id: item.id, name: nameOf(fields), price: priceOf(fields) });
}

function deleteItem(call: DemoCall): void {
  call.state.items.delete(itemOf(call).id);
  call.response.writeHead(204).end();
}

function store(call: DemoCall, item: DemoItem): void {
  call.state.items.set(item.id, item);
  sendJson(call, 200, item);
}

function itemOf(call: DemoCall): DemoItem {
  const item = call.state.items.get(Number(call.params['id']));
  if (!item) throw new DemoError(404, `There is no item "${call.params['id']}". GET /items lists them.`);
  return item;
}

function nameOf(fields: Readonly<Record<string, unknown>>): string {
  if (typeof fields['name'] !== 'string' || fields['name'] === '') throw new DemoError(422, '"name" must be a text.');
  return fields['name'];
}

/** Forms send numbers as text; JSON does not. */
function priceOf(fields: Readonly<Record<string, unknown>>): number {
  const price = Number(fields['price'] ?? 0);
  if (!Number.isFinite(price)) throw new DemoError(422, '"price" must be a number.');
  return price;
}
