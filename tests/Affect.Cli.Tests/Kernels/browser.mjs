// Opens a notebook in a front end of Jupyter as a reader does, runs it, and says what a reader sees.
//   node browser.mjs URL FOLDER FIGURE    URL: the notebook's address with its token, /lab/tree/NAME or /notebooks/NAME;
//                                         FOLDER: for screenshots; FIGURE: which one the first shows
// playwright-core is looked for in AFFECT_PLAYWRIGHT, a folder in which 'npm install playwright-core' was run.
import { createRequire } from 'node:module';
import path from 'node:path';
import { classicNotebook } from './classic-notebook.mjs';
import { jupyterLab } from './jupyterlab.mjs';

const { chromium } = createRequire(path.join(process.env.AFFECT_PLAYWRIGHT, 'package.json'))('playwright-core');
const [url, folder, figure] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const page = await browser.newPage({ viewport: { width: 1100, height: 760 } });
page.setDefaultTimeout(60_000);

const front = (new URL(url).pathname.includes('/lab/') ? jupyterLab : classicNotebook)(page);
const last = page.locator(front.codeCell).last();
const outputs = last.locator(front.output);
const picture = name => page.screenshot({ path: path.join(folder, `${name}.png`) });
const pictureOfLast = async name => {
  await last.evaluate(cell => cell.scrollIntoView({ block: 'end' }));
  await picture(name);
};

const until = async (isSo, what, seconds = 60) => {
  for (const end = Date.now() + seconds * 1000; !await isSo();) {
    if (Date.now() > end) {
      await picture('failure');
      throw new Error(`not seen: ${what}`);
    }
    await page.waitForTimeout(20);
  }
};
const seen = (locator, words) => until(async () => words.test((await locator.allInnerTexts()).join('\n')), words);
const failed = () => last.locator(front.error).waitFor();
const prompts = () => page.locator(front.codeCell).locator(front.prompt).allTextContents();

// A cell below all others, with its cursor at the end of the code.
const append = async code => {
  await page.locator(front.cell).last().locator(front.margin).first().click();
  await page.keyboard.press('Escape');
  const before = await page.locator(front.codeCell).count();
  await page.keyboard.press('b');
  await until(async () => await page.locator(front.codeCell).count() > before, 'a new cell');
  await page.keyboard.press('Enter');
  await last.locator(front.editor).waitFor();
  await page.keyboard.insertText(code);
};
const run = async code => {
  await append(code);
  await page.keyboard.press('Control+Enter');
};

await page.goto(url);
const kernel = () => page.evaluate(async () => (await (await fetch('/api/sessions')).json())[0]?.kernel);
await until(async () => (await kernel())?.execution_state === 'idle', 'a kernel');
await page.locator(front.idleKernel).waitFor();
console.log(`kernel: ${(await kernel()).name}`);

// The notebook, from its first cell to its last. The menus are about what was clicked last.
await page.locator(front.cell).first().locator(front.margin).first().click();
await front.clearAll();
await until(async () => (await prompts()).every(prompt => !/\d/.test(prompt)), 'no results');
await front.runAll();
const errors = page.locator(front.error);
await until(async () => (await prompts()).every(prompt => /\d/.test(prompt)) || await errors.count() > 0, 'all cells ran', 900);
await page.locator(front.idleKernel).waitFor();
console.log(`ran in order: ${(await prompts()).every((prompt, at) => prompt.includes(`[${at + 1}]`))}`);
const figures = page.locator(`${front.output} img[src^="data:image/svg"]`);
console.log(`figures: ${await figures.count()}`);
// JupyterLab lays out what comes into view, and moves it: the second look is steady.
for (let look = 0; look < 2; look++) {
  await figures.nth(Number(figure)).evaluate(image => image.scrollIntoView({ block: 'center' }));
  await page.waitForTimeout(500);
}
await picture('figure');

// A line of progress that rewrites itself.
await run('using Affect.Notebook;\nvar progress = new NotebookProgress();\nfor (var step = 1; step <= 20; step++)\n{\n    progress.Report(new("counting", step, 20, "steps"));\n    await Task.Delay(100);\n}');
await seen(outputs, /counting █+░+ /);
await pictureOfLast('progress');
await seen(outputs, /counting: 20 steps in/);
console.log(`progress: ${await outputs.count() === 1 ? 'one line' : 'several'}`);

await append('Enumerable.Re');
await page.keyboard.press('Tab');
await seen(page.locator(front.completions), /Repeat[^]*Reverse/);
await picture('completion');
// The list begins with ReferenceEquals.
await page.keyboard.press('ArrowDown');
await page.keyboard.press('Enter');
await seen(last.locator(front.editor), /Enumerable\.Re.+/);
console.log(`completed: ${(await last.locator(front.editor).innerText()).trim()}`);

await page.keyboard.press('Shift+Tab');
await seen(page.locator(front.tooltip), /Repeat/);
await picture('tooltip');
await page.keyboard.press('Escape');
console.log('explained: Enumerable.Repeat');

await run('var name = Console.ReadLine();\nConsole.WriteLine($"Hello, {name}.");');
await last.locator(front.question).waitFor();
await picture('question');
await page.keyboard.type('Ada');
await page.keyboard.press('Enter');
await seen(outputs, /Hello, Ada\./);
// The box of the question has gone, and the keyboard's focus with it.
await last.locator(front.editor).click();
console.log('answered: true');

await run('Console.WriteLine("begun");\nwhile (true) { }');
await seen(outputs, /begun/);
const begun = Date.now();
await page.locator(front.interrupt).click();
await failed();
console.log(`interrupted within a second: ${Date.now() - begun < 1000}`);
await pictureOfLast('interrupt');

await run('var numbers = new[] { 1, 2 };\nvar third = numbers[2];');
await failed();
console.log(`error names its line: ${/cell\[\d+\]:line 2/.test((await outputs.allInnerTexts()).join('\n'))}`);
await page.waitForTimeout(500);
await pictureOfLast('error');

// Figures that answer to the pointer, once a cell has asked for them.
await run('Charts.UsePlotly();');
await seen(outputs, /plotly\.js is loaded/);
await run('using Affect.Notebook.Figures;\nnew TrainingCurveFigure("Does it fall?", [TrainingSeries.Of("loss", [1, 0.6, 0.5, 0.45, 0.43])], isSynthetic: true)');
await last.locator('.js-plotly-plot .scatterlayer').waitFor();
await last.scrollIntoViewIfNeeded();
await last.locator('.js-plotly-plot .nsewdrag').first().hover();
await page.waitForTimeout(500);
await picture('interactive');
console.log('drawn by plotly: true');

await Promise.all([page.waitForResponse(response => /\/restart(\?|$)/.test(response.url())), front.restart()]);
await until(async () => (await kernel())?.execution_state === 'idle', 'a new kernel');
await page.locator(front.idleKernel).waitFor();
await run('1 + 1');
await seen(outputs, /2/);
console.log(`restarted: ${(await prompts()).at(-1).includes('[1]')}`);
await browser.close();
