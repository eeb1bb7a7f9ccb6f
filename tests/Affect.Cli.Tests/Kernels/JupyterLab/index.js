// The program that the browser loads: an application, and the extensions that make it a JupyterLab.
import { JupyterLab } from '@jupyterlab/application';
import { IConnectionStatus, IServiceManager } from '@jupyterlab/services';
import { PluginRegistry } from '@lumino/coreutils';
import { extensions, mimeExtensions } from './extensions.js';

const pluginRegistry = new PluginRegistry();
pluginRegistry.registerPlugins(extensions.flatMap(extension => extension.default));
const serviceManager = await pluginRegistry.resolveRequiredService(IServiceManager);
const connectionStatus = await pluginRegistry.resolveRequiredService(IConnectionStatus);
const lab = new JupyterLab({ pluginRegistry, serviceManager, connectionStatus, mimeExtensions });
await lab.start();
await lab.restored;
