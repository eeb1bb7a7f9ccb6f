using TorchSharp.Interop;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static class utils
        {
            private static readonly Operator VectorNorm = new("aten::linalg_vector_norm");

            /// <summary>Scales all gradients together so that their joint norm is at most <paramref name="max_norm"/>.</summary>
            /// <returns>The norm before.</returns>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                ArgumentNullException.ThrowIfNull(tensors);
                using var scope = NewDisposeScope();
                using var mode = no_grad();
                var gradients = Gradients(tensors);
                if (gradients.Count == 0) return 0;
                var device = gradients[0].device;
                var norms = gradients.Select(gradient => VectorNorm.Call(gradient, norm_type).to(device)).ToArray();
                var total = VectorNorm.Call(stack(norms), norm_type);
                // As PyTorch computes it: in the gradients' own precision, and without asking whether there is anything to clip.
                var share = (total + 1e-6).reciprocal_().mul_(max_norm).clamp_(max: 1.0);
                foreach (var gradient in gradients) gradient.mul_(share.to(gradient.device));
                return total.ToDouble();
            }

            /// <summary>Clamps every gradient's elements to ± <paramref name="clip_value"/>.</summary>
            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                ArgumentNullException.ThrowIfNull(tensors);
                using var scope = NewDisposeScope();
                using var mode = no_grad();
                foreach (var gradient in Gradients(tensors)) gradient.clamp_(-clip_value, clip_value);
            }

            /// <summary>All parameters' elements in one row.</summary>
            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors)
            {
                ArgumentNullException.ThrowIfNull(tensors);
                using var scope = NewDisposeScope();
                return cat(tensors.Select(tensor => tensor.reshape(-1)).ToArray()).MoveToOuterDisposeScope();
            }

            /// <summary>Copies one row of elements back into parameters.</summary>
            public static void vector_to_parameters(Tensor vec, IEnumerable<Parameter> tensors)
            {
                ArgumentNullException.ThrowIfNull(vec);
                ArgumentNullException.ThrowIfNull(tensors);
                using var scope = NewDisposeScope();
                using var mode = no_grad();
                var start = 0L;
                foreach (var tensor in tensors)
                {
                    var count = tensor.numel();
                    tensor.copy_(vec.narrow(0, start, count).view_as(tensor));
                    start += count;
                }
                if (start != vec.numel()) throw new ArgumentException($"The parameters have {start} elements, but vec has {vec.numel()}.", nameof(vec));
            }

            private static List<Tensor> Gradients(IEnumerable<Parameter> parameters)
            {
                var gradients = new List<Tensor>();
                foreach (var parameter in parameters)
                    if (parameter.grad is { } gradient) gradients.Add(gradient);
                return gradients;
            }

            public static class rnn
            {
                private static readonly Operator Pad = new("aten::pad_sequence");

                /// <summary>Stacks sequences of different lengths, filled up at the end.</summary>
                /// <param name="sequences">Each <c>[length, …]</c>.</param>
                /// <returns><c>[length, batch, …]</c>, or <c>[batch, length, …]</c> with batch_first.</returns>
                public static Tensor pad_sequence(IEnumerable<Tensor> sequences, bool batch_first = false, double padding_value = 0.0) =>
                    Pad.Call(Value.List(sequences.ToArray()), batch_first, padding_value);
            }
        }
    }
}
