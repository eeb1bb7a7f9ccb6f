// Opens a notebook in Jupyter Notebook as a reader does, runs it, and says what a reader sees.
//   node browser.mjs URL FOLDER FIGURE    URL: the notebook's address with its token; FOLDER: for two screenshots; FIGURE: which one the first shows
// playwright-core is looked for in AFFECT_PLAYWRIGHT, a folder in which 'npm install playwright-core' was run.
import { createRequire } from 'node:module';
import path from 'node:path';

const { chromium } = createRequire(path.join(process.env.AFFECT_PLAYWRIGHT, 'package.json'))('playwright-core');
const [url, folder, figure] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1100, height: 760 } });
page.setDefaultTimeout(150_000);

const idle = () => page.waitForFunction(() => !Jupyter.notebook.kernel_busy && document.querySelectorAll('.code_cell.running').length === 0);
const append = code => page.evaluate(text => {
  const notebook = Jupyter.notebook;
  const cell = notebook.insert_cell_at_bottom('code');
  cell.set_text(text);
  notebook.select(notebook.ncells() - 1);
  cell.focus_editor();
  cell.code_mirror.execCommand('goDocEnd');
}, code);
const last = read => page.evaluate(`(cell => (${read}))(Jupyter.notebook.get_cell(Jupyter.notebook.ncells() - 1))`);
const until = read => page.waitForFunction(`(cell => (${read}))(Jupyter.notebook.get_cell(Jupyter.notebook.ncells() - 1))`);
const run = () => last('cell.execute()');
const hasFailed = 'cell.output_area.outputs.some(output => output.output_type === "error")';
const lastOutput = 'cell.output_area.element.text()';

await page.goto(url);
await page.waitForFunction(() => window.Jupyter?.notebook?.kernel?.is_connected());
console.log(`kernel: ${await page.evaluate(() => Jupyter.notebook.kernel.name)}`);

// The notebook, from its first cell to its last.
await page.evaluate(() => { Jupyter.notebook.clear_all_output(); Jupyter.notebook.execute_all_cells(); });
await page.waitForFunction(() => document.querySelectorAll('.code_cell.running').length > 0);
await idle();
const code = 'Jupyter.notebook.get_cells().filter(cell => cell.cell_type === "code")';
const numbers = await page.evaluate(`${code}.map(cell => cell.input_prompt_number)`);
console.log(`ran in order: ${numbers.every((number, at) => number === at + 1)}`);
const figures = '[...document.querySelectorAll(\'.output_area img[src^="data:image/svg"]\')]';
console.log(`figures: ${await page.evaluate(`${figures}.length`)}`);
await page.evaluate(`${figures}[${figure}].closest('.cell').scrollIntoView({ block: 'center' })`);
await page.screenshot({ path: path.join(folder, 'figure.png') });

// A line of progress that rewrites itself.
await append('using Affect.Notebook;\nvar progress = new NotebookProgress();\nfor (var step = 1; step <= 20; step++)\n{\n    progress.Report(new("counting", step, 20, "steps"));\n    await Task.Delay(50);\n}');
await run();
await until('cell.output_area.outputs.some(output => /counting █*░+ /.test(output.data?.["text/plain"] ?? ""))');
await until('cell.output_area.outputs.length === 1 && /counting: 20 steps in/.test(cell.output_area.outputs[0].data["text/plain"])');
console.log('progress: one line');

await append('Enumerable.Repea');
await page.keyboard.press('Tab');
await until('cell.get_text() === "Enumerable.Repeat"');
console.log('completed: Enumerable.Repeat');

await append('Console.WriteLine("begun");\nwhile (true) { }');
await run();
await until('cell.output_area.outputs.length > 0');
const begun = Date.now();
await page.click('button[data-jupyter-action="jupyter-notebook:interrupt-kernel"]');
await until(hasFailed);
console.log(`interrupted within a second: ${Date.now() - begun < 1000}`);

await append('var numbers = new[] { 1, 2 };\nvar third = numbers[2];');
await run();
await until(hasFailed);
console.log(`error names its line: ${/cell\[\d+\]:line 2/.test(await last(lastOutput))}`);
await page.evaluate(() => Jupyter.notebook.scroll_to_bottom());
await page.waitForTimeout(500);
await page.screenshot({ path: path.join(folder, 'interrupt.png') });
await browser.close();
