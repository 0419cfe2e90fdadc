import { test, type TestContext } from 'node:test';

/** Every advisory of the field that this product must not repeat, by the file of this folder that has its test. */
export const advisories: Readonly<Record<string, readonly string[]>> = {
  credentials: [
    'CVE-2014-1829',
    'CVE-2014-1830',
    'CVE-2018-18074',
    'CVE-2018-20060',
    'CVE-2018-25091',
    'CVE-2018-1000007',
    'CVE-2022-0155',
    'CVE-2022-0536',
    'CVE-2022-27774',
    'CVE-2022-27776',
    'CVE-2022-31151',
    'CVE-2023-43804',
    'CVE-2023-45143',
    'CVE-2024-24758',
    'CVE-2024-28849',
    'CVE-2024-30260',
    'CVE-2024-37891',
    'CVE-2025-14524',
    'GHSA-6cv7-626c-qhqw',
    'undici 8.12.0 header arrays',
  ],
  proxies: [
    'CVE-2016-5385',
    'CVE-2023-32681',
    'CVE-2026-3784',
    'CVE-2026-6253',
    'CVE-2026-7168',
    'CVE-2026-8927',
    'CVE-2026-9079',
    'CVE-2026-44492',
  ],
  logins: [
    'CVE-2024-11053',
    'CVE-2024-47081',
    'CVE-2025-0167',
    'CVE-2026-3783',
    'CVE-2026-6429',
    'CVE-2026-8926',
    'CVE-2026-11856',
  ],
  cookies: [
    'CVE-2014-3613',
    'CVE-2014-3620',
    'CVE-2015-2296',
    'CVE-2016-8615',
    'CVE-2016-1000232',
    'CVE-2017-15010',
    'CVE-2022-27779',
    'CVE-2022-32205',
    'CVE-2022-35252',
    'CVE-2023-26136',
    'CVE-2023-46218',
    'CVE-2025-9086',
    'CVE-2026-6276',
    'CVE-2026-8924',
    'CVE-2026-9679',
    'CVE-2026-11525',
    'CVE-2026-16729',
  ],
  connections: [
    'CVE-2015-3143',
    'CVE-2022-22576',
    'CVE-2024-35195',
    'CVE-2026-6733',
    'CVE-2026-6734',
    'CVE-2026-9697',
    'CVE-2026-16728',
  ],
  redirects: [
    'CVE-2021-22876',
    'CVE-2022-27780',
    'CVE-2022-33987',
    'CVE-2023-45803',
    'CVE-2026-21441',
    'CVE-2026-22036',
  ],
  requestLines: [
    'CVE-2022-31150',
    'CVE-2022-35948',
    'CVE-2022-35949',
    'CVE-2023-23936',
    'CVE-2025-22150',
    'CVE-2026-1525',
    'CVE-2026-1527',
    'CVE-2026-15157',
  ],
  parts: [
    'CVE-2023-24807',
    'CVE-2024-30261',
    'CVE-2025-47279',
    'CVE-2026-1526',
    'CVE-2026-2581',
    'CVE-2026-9675',
    'CVE-2026-9678',
    'CVE-2026-12151',
    'CVE-2026-13697',
    'CVE-2026-14643',
    'CVE-2026-25645',
  ],
};

type Body = (t: TestContext) => void | Promise<void>;

/** Registers the tests of one file, and one that fails while an advisory listed for it has none. */
export function provesAdvisories(
  file: string,
  tests: Readonly<Record<string, readonly [title: string, body: Body]>>,
): void {
  const listed = advisories[file] ?? [];
  for (const [id, [title, body]] of Object.entries(tests)) test(`${id}: ${title}`, body);
  test(`${file}: every advisory listed has its test, and every test is listed`, ({ assert }) => {
    assert.deepEqual(Object.keys(tests).toSorted(), listed.toSorted());
  });
}
