/**
 * The rules that src/base/architecture.test.ts holds every source file to, as pure functions over a parsed file (ESTree,
 * as Vite's parser makes it). Working on the syntax tree and not on text means that prose, strings and look-alikes never
 * trip a rule.
 */

interface Node {
  type: string;
  start: number;
  // biome-ignore lint/suspicious/noExplicitAny: a syntax tree is walked by the names of its fields
  [field: string]: any;
}

interface Comment {
  value: string;
  start: number;
}

/** What is known of one source file. `path` is relative to the project's folder, with forward slashes. */
export interface ParsedFile {
  path: string;
  text: string;
  program: unknown;
  comments: readonly Comment[];
}

export interface Finding {
  path: string;
  line: number;
  what: string;
}

const ENGINE_SIDE = ['base', 'kafka', 'text', 'protocol'];

/** For each folder of src, the other folders it may import from. `scenario` holds scenario files, which are data. */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  base: [],
  kafka: ['base'],
  text: ['base'],
  protocol: ['base', 'kafka', 'text'],
  scenario: ['base', 'protocol'],
  engine: ENGINE_SIDE,
  worker: [...ENGINE_SIDE, 'engine'],
  store: ENGINE_SIDE,
  diagram: [...ENGINE_SIDE, 'store'],
  panel: [...ENGINE_SIDE, 'store', 'diagram', 'scenario'],
  lesson: ['base', 'text', 'protocol', 'scenario'],
  app: [...ENGINE_SIDE, 'store', 'diagram', 'panel', 'lesson', 'worker', 'scenario'],
  cli: [...ENGINE_SIDE, 'scenario', 'engine', 'worker', 'store', 'diagram', 'panel', 'lesson', 'app'],
};

/** Folders that run without a page, in a worker and in Node alike: no package of the page's may enter them. */
const WITHOUT_A_PAGE = ['base', 'kafka', 'text', 'protocol', 'scenario', 'engine', 'worker'];
const PAGE_PACKAGES = ['react', 'react-dom', 'd3', 'zustand', 'idb', 'lucide-react', '@base-ui/react', 'tailwindcss'];

/** Folders whose code must give the same history everywhere. */
const DETERMINISTIC = ['base', 'kafka', 'protocol', 'engine'];

/** The members of Math whose last bit is the same in every engine. */
const EXACT_MATH = new Set('abs ceil clz32 floor fround imul max min round sign sqrt trunc'.split(' '));

/** Names of the global scope that bring in a clock, chance, another order of execution or the machine's language. */
const FORBIDDEN_GLOBALS = new Set(
  'Date performance setTimeout setInterval setImmediate queueMicrotask requestAnimationFrame Promise Intl WeakRef FinalizationRegistry globalThis'.split(
    ' ',
  ),
);

/** These are plain words too, so that only their use as an object (performance.now()) counts. */
const ONLY_AS_OBJECT = new Set(['performance']);

/** The folder of src that a path lies in: '' for a file directly in src, undefined outside of src. */
export function folderOf(path: string): string | undefined {
  const parts = path.split('/');
  if (parts[0] !== 'src') return undefined;
  return parts.length > 2 ? parts[1] : '';
}

/** Whether the file is a test, which may reach further than the code it tests. */
export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path);
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let i = 0; i < offset; i++) if (text.charCodeAt(i) === 10) line++;
  return line;
}

/** Calls `visit` for each node, parents first; `field` is the parent's field that holds the node. */
function walk(node: unknown, visit: (node: Node, parent: Node | undefined, field: string) => void): void {
  const step = (value: unknown, parent: Node | undefined, field: string): void => {
    if (Array.isArray(value)) {
      for (const item of value) step(item, parent, field);
      return;
    }
    if (typeof value !== 'object' || value === null || typeof (value as Node).type !== 'string') return;
    const here = value as Node;
    visit(here, parent, field);
    for (const key of Object.keys(here)) step(here[key], here, key);
  };
  step(node, undefined, '');
}

function literalText(node: Node | undefined): string | undefined {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type === 'TemplateLiteral' && node.quasis.length === 1) return node.quasis[0].value.cooked;
  return undefined;
}

/** Whether the node is `import.meta`, or a member of it called `name`. */
function isImportMeta(node: Node | undefined, name: string): boolean {
  return node?.type === 'MemberExpression' && node.object.type === 'MetaProperty' && node.property.name === name;
}

interface Imported {
  specifier: string;
  start: number;
}

/**
 * Everything a file names as another module: import and export declarations (types too), import(), import types,
 * require(), new URL('...', import.meta.url) as workers are named, and the patterns of import.meta.glob().
 */
export function importsOf(file: ParsedFile): Imported[] {
  const found: Imported[] = [];
  const add = (node: Node | undefined): void => {
    const specifier = literalText(node);
    if (node !== undefined && specifier !== undefined) found.push({ specifier, start: node.start });
  };
  walk(file.program, (node) => {
    switch (node.type) {
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
      case 'ExportNamedDeclaration':
      case 'ImportExpression':
      case 'TSImportType':
        add(node.source ?? undefined);
        break;
      case 'TSExternalModuleReference':
        add(node.expression);
        break;
      case 'NewExpression':
        if (node.callee.name === 'URL' && isImportMeta(node.arguments[1], 'url')) add(node.arguments[0]);
        break;
      case 'CallExpression': {
        const first = node.arguments[0] as Node | undefined;
        if (node.callee.name === 'require') add(first);
        if (isImportMeta(node.callee, 'glob')) {
          for (const pattern of first?.type === 'ArrayExpression' ? first.elements : [first]) add(pattern);
        }
        break;
      }
    }
  });
  return found;
}

/** The path that a relative specifier means, seen from the file's folder; queries such as ?worker are dropped. */
function resolvePath(fromPath: string, specifier: string): string {
  const parts = fromPath.split('/').slice(0, -1);
  for (const part of specifier.replace(/^!/, '').replace(/\?.*$/, '').split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function whyForbidden(path: string, folder: string, specifier: string): string | undefined {
  if (/^!?\.\.?(\/|$)/.test(specifier)) {
    const target = folderOf(resolvePath(path, specifier));
    if (target === folder || target === '') return undefined;
    if (target === undefined) return folder === 'cli' ? undefined : `${folder} imports ${specifier} from outside src`;
    return MAY_IMPORT[folder]!.includes(target) ? undefined : `${folder} must not import from ${target}`;
  }
  if (specifier.startsWith('/')) return `${folder} imports ${specifier}: imports are relative`;
  if (folder === 'cli') return undefined;
  if (specifier.startsWith('node:')) return `${folder} must not import ${specifier}: it also runs in a browser`;
  if (folder === 'base') return `base imports nothing, not even ${specifier}`;
  const name = packageName(specifier);
  const ofThePage = PAGE_PACKAGES.includes(name) || name.startsWith('d3-');
  if (ofThePage && WITHOUT_A_PAGE.includes(folder)) return `${folder} runs without a page and must not import ${name}`;
  return undefined;
}

/** The imports that the file must not have. Tests are free; src/main.tsx and its like may import from app alone. */
export function forbiddenImports(file: ParsedFile): Finding[] {
  const folder = folderOf(file.path);
  if (folder === undefined || isTest(file.path)) return [];
  const findings: Finding[] = [];
  const add = (start: number, what: string): void => {
    findings.push({ path: file.path, line: lineAt(file.text, start), what });
  };
  if (folder !== '' && MAY_IMPORT[folder] === undefined) {
    add(0, `src/${folder} has no rule; say in MAY_IMPORT what it may import`);
    return findings;
  }
  for (const { specifier, start } of importsOf(file)) {
    if (folder === '') {
      const target = specifier.startsWith('.') ? folderOf(resolvePath(file.path, specifier)) : 'app';
      if (target !== 'app' && target !== '')
        add(start, `${file.path} only mounts the app: it must not import ${specifier}`);
      continue;
    }
    const why = whyForbidden(file.path, folder, specifier);
    if (why !== undefined) add(start, why);
  }
  return findings;
}

/** Whether an Identifier stands for a value or type of that name, and not for a member, key or label called so. */
function isReference(parent: Node | undefined, field: string): boolean {
  if (parent === undefined) return true;
  if (field === 'property' && parent.type === 'MemberExpression') return parent.computed === true;
  if (field === 'key') return parent.computed === true || parent.shorthand === true;
  return !['TSQualifiedName', 'LabeledStatement', 'ImportSpecifier', 'ExportSpecifier'].includes(parent.type);
}

function whyNotDeterministic(node: Node, parent: Node | undefined, field: string): string | undefined {
  switch (node.type) {
    case 'Identifier': {
      const name: string = node.name;
      if (!isReference(parent, field)) return undefined;
      const asObject = parent?.type === 'MemberExpression' && field === 'object';
      if (name === 'Math') {
        if (asObject && !parent.computed && EXACT_MATH.has(parent.property.name)) return undefined;
        if (asObject && !parent.computed && /^[A-Z0-9_]+$/.test(parent.property.name)) return undefined;
        return asObject ? `Math.${parent.property.name ?? '[...]'}` : 'Math by itself';
      }
      if (!FORBIDDEN_GLOBALS.has(name) || (ONLY_AS_OBJECT.has(name) && !asObject)) return undefined;
      if (name === 'Date' && asObject && parent.property.name === 'UTC') return undefined;
      return asObject && !parent.computed ? `${name}.${parent.property.name}` : name;
    }
    case 'MemberExpression': {
      const name: string = node.computed ? (literalText(node.property) ?? '') : node.property.name;
      return name === 'localeCompare' || name?.startsWith('toLocale') ? name : undefined;
    }
    case 'CallExpression': {
      const name = node.callee.type === 'MemberExpression' ? node.callee.property.name : undefined;
      const sorts = (name === 'sort' || name === 'toSorted') && node.arguments.length === 0;
      return sorts ? `${name}() without a comparator` : undefined;
    }
    case 'BinaryExpression':
    case 'AssignmentExpression':
      return node.operator === '**' || node.operator === '**=' ? `the operator ${node.operator}` : undefined;
    case 'ForInStatement':
      return 'for ... in';
    case 'AwaitExpression':
      return 'await';
    case 'ImportExpression':
      return 'import()';
    case 'ForOfStatement':
      return node.await ? 'for await' : undefined;
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return node.async ? 'async' : undefined;
  }
  return undefined;
}

/** The lines that a comment `// deterministic: reason` excuses: its own, and the one below. */
function excusedLines(file: ParsedFile): Set<number> {
  const lines = new Set<number>();
  for (const comment of file.comments) {
    if (!/^\s*deterministic:\s*\S/.test(comment.value)) continue;
    const line = lineAt(file.text, comment.start);
    lines.add(line);
    lines.add(line + 1);
  }
  return lines;
}

/** The constructs by which a file could give another history on another run or machine. In engine nothing excuses one. */
export function notDeterministic(file: ParsedFile): Finding[] {
  const folder = folderOf(file.path);
  if (folder === undefined || !DETERMINISTIC.includes(folder) || isTest(file.path)) return [];
  const inEngine = folder === 'engine';
  const excused = inEngine ? new Set<number>() : excusedLines(file);
  const findings: Finding[] = [];
  walk(file.program, (node, parent, field) => {
    // A type runs nothing: protocol may describe a client that answers with promises. The engine has no use for one.
    if (parent?.type === 'TSTypeReference' && !inEngine) return;
    const what = whyNotDeterministic(node, parent, field);
    if (what === undefined) return;
    const line = lineAt(file.text, node.start);
    if (!excused.has(line)) findings.push({ path: file.path, line, what });
  });
  return findings;
}

/** An absolute path into the place where somebody works on their own machine. */
const MACHINE_PATH = /(?<![\w.~-])\/(?:work|root|home\/[\w-]+|Users\/[\w-]+)\/[\w.]/;

/** Hosts that packages come from: which of them serves is the affair of each machine's own settings. */
const PACKAGE_HOST =
  /registry\.(?:npmjs\.org|yarnpkg\.com)|npmmirror\.com|deb\.debian\.org|crates\.io|\bpypi\.org|pythonhosted\.org|proxy\.golang\.org|repo1?\.maven\./;

/** Machine paths and package hosts in a file that goes into the repository. */
export function privateText(path: string, text: string): Finding[] {
  const findings: Finding[] = [];
  for (const pattern of [MACHINE_PATH, PACKAGE_HOST]) {
    const match = pattern.exec(text);
    if (match !== null) findings.push({ path, line: lineAt(text, match.index), what: match[0] });
  }
  return findings;
}

/** As a reader of a failed test wants it. */
export function describeFinding({ path, line, what }: Finding): string {
  return `${path}:${line}: ${what}`;
}
