// Bundles JupyterLab out of the packages in node_modules: static/ (the program), schemas/ (its settings), themes/.
// Every package says in its package.json whether it is an extension, and where its schemas and its theme are.
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import webpack from 'webpack';

const modules = path.resolve('node_modules');
const read = (...names) => JSON.parse(readFileSync(path.join(...names, 'package.json'), 'utf8'));
const packages = Object.keys(read('.').devDependencies)
  .map(name => ({ name, folder: path.join(modules, name), ...read(modules, name).jupyterlab }))
  .filter(found => found.extension || found.mimeExtension);

for (const made of ['static', 'schemas', 'themes']) rmSync(made, { recursive: true, force: true });
for (const { name, folder, schemaDir, themePath } of packages) {
  if (schemaDir) cpSync(path.join(folder, schemaDir), path.join('schemas', name), { recursive: true });
  if (themePath) {
    cpSync(path.join(folder, path.dirname(themePath)), path.join('themes', name), { recursive: true });
    cpSync(path.join(folder, themePath), path.join('themes', name, 'index.css'));
  }
}

const imports = packages.map(({ name }, at) => `import * as extension${at} from '${name}';`);
const styles = packages.filter(({ folder }) => existsSync(path.join(folder, 'style', 'index.js'))).map(({ name }) => `import '${name}/style/index.js';`);
const list = kind => packages.flatMap((found, at) => found[kind] ? [`extension${at}`] : []).join(', ');
writeFileSync('extensions.js', [...imports, ...styles, `export const extensions = [${list('extension')}];`, `export const mimeExtensions = [${list('mimeExtension')}];`, ''].join('\n'));

const text = { type: 'asset/source' };
const compiler = webpack({
  mode: 'production',
  entry: './index.js',
  output: { path: path.resolve('static'), filename: 'main.js' },
  // Names are kept: a plugin that fails is found by its words in the browser's console.
  optimization: { minimize: false },
  performance: false,
  resolve: { fallback: { path: false, url: false, fs: false } },
  module: {
    rules: [
      { test: /\.css$/, use: ['style-loader', 'css-loader'] },
      { test: /\.svg$/, issuer: /\.js$/, ...text },
      { test: /\.svg$/, issuer: /\.css$/, type: 'asset/inline' },
      { test: /\.(md|txt)$/, ...text },
      { test: /\.raw\.css$/, ...text },
      { test: /\.(png|jpg|gif|ttf|eot|woff2?)$/, type: 'asset/resource' },
      // Some packages leave the ending off a file that they import.
      { test: /\.m?js$/, resolve: { fullySpecified: false } },
    ],
  },
});
compiler.run((error, result) => {
  console.log(error ?? result.toString({ preset: 'errors-warnings' }));
  process.exitCode = error || result.hasErrors() ? 1 : 0;
});
