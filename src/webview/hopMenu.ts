import type { ExchangeView, HopView } from '../protocol/exchangeView.ts';
import type { MenuItem } from './menu.tsx';
import type { ViewContext } from './viewContext.ts';

/** What can be done with a hop. Stopping and starting in the middle makes sense only where there is a middle. */
export function hopMenu(exchange: ExchangeView, hop: HopView, { text, post }: ViewContext): MenuItem[] {
  const at = { id: exchange.id, hop: hop.number };
  const isLast = hop === exchange.hops.at(-1);
  const items: (MenuItem & { readonly fits: boolean })[] = [
    { label: text('copyHopAsHttp'), run: () => post({ type: 'copyHopAsHttp', ...at }), fits: true },
    { label: text('copyHopAsCurl'), run: () => post({ type: 'copyHopAsCurl', ...at }), fits: true },
    { label: text('stopHere'), run: () => post({ type: 'stopHere', ...at }), fits: !isLast },
    { label: text('sendFromHere'), run: () => post({ type: 'sendFromHere', ...at }), fits: hop.number > 1 },
  ];
  return items.filter(({ fits }) => fits);
}
