/* Entry of dist/query.cjs: XPath on XML bodies, loaded with the first reference or filter that needs it. */
export { filterXml } from './filterXml.ts';
export { lookUpXml } from './xpath.ts';
