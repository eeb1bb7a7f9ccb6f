using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <returns>Shape, type and device, as in <c>[2x3], type = Float32, device = cpu</c>.</returns>
        public override string ToString() =>
            IsInvalid ? "" : string.Create(CultureInfo.InvariantCulture, $"[{string.Join('x', shape)}], type = {dtype}, device = {device}");

        /// <param name="disamb">True: with the values.</param>
        public string ToString(
            bool disamb, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null, string? newLine = null) =>
            disamb ? ToString(TensorStringStyle, fltFormat, width, cultureInfo, newLine) : ToString();

        public string ToString(
            TensorStringStyle style, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null, string? newLine = null)
        {
            if (style == TorchSharp.TensorStringStyle.Default) style = torch.TensorStringStyle;
            if (style == TorchSharp.TensorStringStyle.Metadata || is_meta) return ToString();

            using var scope = NewDisposeScope();
            using var guard = no_grad();
            var dense = (dtype == ScalarType.BFloat16 ? to(ScalarType.Float32) : this).cpu().contiguous();
            var text = new TensorText(dense, fltFormat ?? FloatFormat, width ?? LineWidth, cultureInfo, newLine ?? NewLine);
            return style switch
            {
                TorchSharp.TensorStringStyle.Numpy => text.Nested("[", "]", " ", breaksLines: true),
                TorchSharp.TensorStringStyle.CSharp => $"{ToString()}, value = {text.Nested("{", "}", ", ", breaksLines: false)}",
                _ => $"{ToString()}{(ndim == 0 ? ", value = " : newLine ?? NewLine)}{text.Julia()}",
            };
        }

        /// <returns>A number, or nested lists of numbers.</returns>
        public object tolist()
        {
            using var scope = NewDisposeScope();
            var dense = (dtype == ScalarType.BFloat16 ? to(ScalarType.Float32) : this).detach().cpu().contiguous();
            return dense.Listed();
        }

        private object Listed()
        {
            if (ndim > 0) return unbind().Select(static part => part.Listed()).ToList();
            var scalar = ToScalar();
            return scalar.Type switch
            {
                ScalarType.Bool => scalar.ToBoolean(),
                ScalarType.Float32 => scalar.ToSingle(),
                ScalarType.Float16 => scalar.ToHalf(),
                ScalarType.Float64 => scalar.ToDouble(),
                ScalarType.Byte => scalar.ToByte(),
                ScalarType.Int8 => scalar.ToSByte(),
                ScalarType.Int16 => scalar.ToInt16(),
                ScalarType.Int32 => scalar.ToInt32(),
                ScalarType.Int64 => scalar.ToInt64(),
                _ => scalar.ToComplex(),
            };
        }
    }
}
