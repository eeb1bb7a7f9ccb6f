namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>What a function's forward pass leaves for its backward pass. It lives as long as the graph does.</summary>
        public sealed class AutogradContext : IDisposable
        {
            private readonly Dictionary<string, object?> data = [];
            private readonly HashSet<nint> inputs;
            private List<Tensor> saved = [];
            private List<Tensor> notDifferentiable = [];

            internal AutogradContext(IEnumerable<Tensor> inputs) => this.inputs = [.. inputs.Select(static input => input.Handle)];

            public bool MaterializeGrads { get; private set; } = true;

            /// <summary>Keeps tensors for the backward pass, whatever scope they are in. Null entries stay null.</summary>
            public void save_for_backward(List<Tensor> tensors)
            {
                Release();
                saved = tensors.ConvertAll(tensor => tensor is null ? null! : Keep(tensor));
            }

            public void save_data(string key, object? value) => data[key] = value;

            public object? get_data(string key) => data.GetValueOrDefault(key);

            /// <summary>Outputs, of those that forward returns, that have no derivative.</summary>
            public void mark_non_differentiable(List<Tensor> tensors) => notDifferentiable = [.. tensors];

            /// <summary>Whether missing gradients of outputs reach the backward pass as zeros (the default) or as null.</summary>
            public void set_materialize_grads(bool value) => MaterializeGrads = value;

            public List<Tensor> get_saved_variables() => [.. saved];

            public void Dispose() => Release();

            internal bool IsDifferentiable(Tensor output) =>
                (output.is_floating_point() || output.is_complex()) && !notDifferentiable.Exists(other => other.Handle == output.Handle);

            // An input keeps its place in the graph. Anything else is kept outside of it: an output that holds its own graph, which holds this
            // context, would never be freed.
            private Tensor Keep(
                Tensor tensor) =>
                (inputs.Contains(tensor.Handle) ? tensor.alias() : tensor.detach()).DetachFromDisposeScope();

            private void Release()
            {
                foreach (var tensor in saved) tensor?.Dispose();
                saved = [];
            }
        }
    }
}
