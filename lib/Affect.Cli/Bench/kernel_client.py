# Starts a kernel by Jupyter's own client and prints two times in seconds: until that calls it ready, and what the first cell takes then.
# argv: the kernel's command; {connection_file} stands for the connection file.
import sys
import time

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import KernelManager


class OneKernel(KernelSpecManager):
    def get_kernel_spec(self, kernel_name):
        return KernelSpec(argv=sys.argv[1:], display_name=kernel_name, language="any", interrupt_mode="message")


manager = KernelManager(kernel_spec_manager=OneKernel(), kernel_name="bench")
begun = time.perf_counter()
manager.start_kernel()
client = manager.client()
client.start_channels()
client.wait_for_ready(timeout=60)
ready = time.perf_counter()
reply = client.execute_interactive("1 + 1", timeout=60, output_hook=lambda message: None)
ended = time.perf_counter()
client.stop_channels()
manager.shutdown_kernel()
if reply["content"]["status"] != "ok":
    sys.exit("the kernel did not compute 1 + 1")
print(ready - begun, ended - ready)
