/** Version of the product, as in package.json (a test compares the two). Core cannot read files. */
export const productVersion = '0.1.0';
