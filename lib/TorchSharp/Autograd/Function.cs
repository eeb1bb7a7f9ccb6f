namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>A differentiable function with a derivative of its own. Derive from one of its two heirs.</summary>
        public abstract class Function<T> where T : Function<T>, new()
        {
            private protected Function()
            {
            }

            public abstract string Name { get; }

            internal abstract List<Tensor> Forward(AutogradContext context, object[] vars);

            internal abstract List<Tensor> Backward(AutogradContext context, List<Tensor> gradients);

            private protected static List<Tensor> Apply(object[] vars)
            {
                var function = new T();
                var inputs = vars.OfType<Tensor>().ToArray();
                var context = new AutogradContext(inputs);
                List<Tensor> outputs;
                try
                {
                    using (no_grad()) outputs = function.Forward(context, vars);
                }
                catch
                {
                    context.Dispose();
                    throw;
                }
                if (!is_grad_enabled() || !Array.Exists(inputs, static input => input.requires_grad))
                {
                    context.Dispose();
                    // An input that was handed through becomes a tensor of its own, as it does where there is a graph.
                    return outputs.ConvertAll(output => Array.Exists(inputs, input => ReferenceEquals(input, output)) ? output.detach() : output);
                }
                var call = new FunctionCall(
                    function.Name, context, gradients => function.Backward(context, gradients),
                    Array.ConvertAll(vars, static argument => argument is Tensor), outputs);
                return call.Attach(inputs, outputs);
            }
        }

        /// <summary>
        /// A function of one output: <c>forward</c> takes what <see cref="apply"/> is given, <c>backward</c> gives one gradient per tensor among it.
        /// </summary>
        public abstract class SingleTensorFunction<T> : Function<T> where T : SingleTensorFunction<T>, new()
        {
            public static Tensor apply(params object[] vars) => Apply(vars)[0];

            public abstract Tensor forward(AutogradContext ctx, params object[] vars);

            public abstract List<Tensor> backward(AutogradContext ctx, Tensor grad_output);

            internal sealed override List<Tensor> Forward(AutogradContext context, object[] vars) => [forward(context, vars)];

            internal sealed override List<Tensor> Backward(
                AutogradContext context, List<Tensor> gradients) =>
                backward(context, gradients[0]);
        }

        /// <summary>A function of several outputs.</summary>
        public abstract class MultiTensorFunction<T> : Function<T> where T : MultiTensorFunction<T>, new()
        {
            public static List<Tensor> apply(params object[] vars) => Apply(vars);

            public abstract List<Tensor> forward(AutogradContext ctx, params object[] vars);

            public abstract List<Tensor> backward(AutogradContext ctx, List<Tensor> grad_outputs);

            internal sealed override List<Tensor> Forward(AutogradContext context, object[] vars) => forward(context, vars);

            internal sealed override List<Tensor> Backward(AutogradContext context, List<Tensor> gradients) => backward(context, gradients);
        }
    }
}
