// JupyterLab 4: where a reader finds what.
export const jupyterLab = page => ({
  idleKernel: '.jp-Notebook-ExecutionIndicator[data-status="idle"]',
  cell: '.jp-Notebook-cell',
  codeCell: '.jp-CodeCell',
  margin: '.jp-InputPrompt',
  prompt: '.jp-InputArea-prompt',
  editor: '.cm-content',
  output: '.jp-OutputArea-output',
  error: '[data-mime-type="application/vnd.jupyter.stderr"]', // an error is drawn by what draws stderr
  completions: '.jp-Completer',
  tooltip: '.jp-Tooltip',
  question: 'input.jp-Stdin-input',
  interrupt: '[data-command="notebook:interrupt-kernel"]',
  clearAll: () => choose(page, 'Edit', 'Clear Outputs of All Cells'),
  runAll: () => choose(page, 'Run', 'Run All Cells'),
  restart: async () => {
    await choose(page, 'Kernel', 'Restart Kernel…');
    await page.locator('.jp-Dialog .jp-mod-accept').click();
  },
});

const choose = async (page, menu, entry) => {
  await page.locator('.lm-MenuBar-itemLabel').getByText(menu, { exact: true }).click();
  await page.locator('.lm-Menu-itemLabel').getByText(entry, { exact: true }).click();
};
