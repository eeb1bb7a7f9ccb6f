// Jupyter Notebook before version 7: where a reader finds what.
export const classicNotebook = page => ({
  idleKernel: '.kernel_idle_icon',
  cell: '#notebook .cell',
  codeCell: '#notebook .code_cell',
  margin: '.prompt_container, .input_prompt',
  prompt: '.input_prompt',
  editor: '.CodeMirror-code',
  output: '.output_area',
  error: '.output_error',
  completions: '#complete',
  tooltip: '#tooltip',
  question: 'input.raw_input',
  interrupt: 'button[data-jupyter-action="jupyter-notebook:interrupt-kernel"]',
  clearAll: () => choose(page, '#clear_all_output'),
  runAll: () => choose(page, '#run_all_cells'),
  restart: async () => {
    await choose(page, '#restart_kernel');
    await page.locator('.modal-dialog .btn-danger').click();
  },
});

// The entries of closed menus take clicks too.
const choose = (page, entry) => page.locator(`${entry} a`).evaluate(link => link.click());
