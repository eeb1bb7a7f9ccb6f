using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>No graph is built on this thread until it is disposed of. Other threads still build theirs.</summary>
    public static IDisposable no_grad() => new GradMode(enabled: false);

    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    /// <summary>As <see cref="no_grad"/>, and what is made can never join a graph, which spares some bookkeeping.</summary>
    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    public static bool is_grad_enabled() => Native.tc_grad_enabled() != 0;

    public static bool is_inference_mode_enabled() => Native.tc_inference_mode_enabled() != 0;

    /// <summary>Derivatives.</summary>
    public static partial class autograd
    {
        /// <returns>The derivative of the outputs' sum by each input; null (with <paramref name="allow_unused"/>) where there is none.</returns>
        public static unsafe IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false,
            bool allow_unused = false)
        {
            if (grad_outputs is not null && grad_outputs.Count != outputs.Count)
                throw new ArgumentException(
                    $"grad_outputs must have one tensor for each of the {outputs.Count} outputs, but had {grad_outputs.Count}.", nameof(grad_outputs));
            var results = new nint[inputs.Count];
            fixed (nint* roots = Handles(outputs))
            fixed (nint* leaves = Handles(inputs))
            fixed (nint* seeds = grad_outputs is null ? null : Handles(grad_outputs))
            fixed (nint* found = results)
                Native.Check(Native.tc_autograd_grad(
                    roots, outputs.Count, leaves, inputs.Count, seeds, retain_graph || create_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, found));
            KeepAlive(outputs, inputs, grad_outputs);
            return Array.ConvertAll(results, static result => Tensor.AdoptOrNull(result)!);
        }

        public static void backward(
            IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            Backward(tensors, grad_tensors, retain_graph ?? create_graph, create_graph, inputs);

        public static void backward(
            Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            Backward([tensor], grad_tensors, retain_graph ?? create_graph, create_graph, inputs);

        public static void backward(
            Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            Backward([tensor], [grad_tensor], retain_graph ?? create_graph, create_graph, inputs);

        /// <summary>A backward pass then says which forward operator made its first not-a-number.</summary>
        public static AnomalyMode detect_anomaly(bool check_nan = true) => new(enabled: true, check_nan);

        public static AnomalyMode set_detect_anomaly(bool mode, bool check_nan = true) => new(mode, check_nan);

        internal static unsafe void Backward(
            IList<Tensor> roots, IList<Tensor>? gradients, bool retainGraph, bool createGraph, IList<Tensor>? inputs)
        {
            if (gradients is not null && gradients.Count != roots.Count)
                throw new ArgumentException(
                    $"grad_tensors must have one tensor for each of the {roots.Count} roots, but had {gradients.Count}.", nameof(gradients));
            fixed (nint* tops = Handles(roots))
            fixed (nint* seeds = gradients is null ? null : Handles(gradients))
            fixed (nint* leaves = inputs is null ? null : Handles(inputs))
                Native.Check(Native.tc_backward(tops, roots.Count, seeds, retainGraph ? 1 : 0, createGraph ? 1 : 0, leaves, inputs?.Count ?? 0));
            KeepAlive(roots, gradients, inputs);
        }

        private static nint[] Handles(IList<Tensor> tensors)
        {
            var handles = new nint[tensors.Count];
            for (var i = 0; i < handles.Length; i++) handles[i] = tensors[i] is { } tensor ? tensor.Handle : 0;
            return handles;
        }

        private static void KeepAlive(IList<Tensor>? first, IList<Tensor>? second, IList<Tensor>? third)
        {
            GC.KeepAlive(first);
            GC.KeepAlive(second);
            GC.KeepAlive(third);
        }
    }
}
