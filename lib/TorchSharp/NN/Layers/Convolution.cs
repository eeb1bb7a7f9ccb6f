using TorchSharp.Utils;

namespace TorchSharp.Modules;

/// <summary>What the convolutions share.</summary>
public abstract class Convolution : LearnedModule
{
    [ComponentName(Name = nameof(weight))]
    private Parameter? ownWeight;

    [ComponentName(Name = nameof(bias))]
    private Parameter? ownBias;

    private protected Convolution(
        string name, long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding, Padding? padding_type,
        long[] dilation, PaddingModes padding_mode, long groups, bool bias, torch.Device? device, torch.ScalarType? dtype) : base(name)
    {
        if (groups < 1 || in_channels % groups != 0 || out_channels % groups != 0)
            throw new ArgumentException($"in_channels ({in_channels}) and out_channels ({out_channels}) must be divisible by groups ({groups}).");
        if (padding_type == Padding.Same && stride.Any(step => step != 1))
            throw new ArgumentException($"Padding.Same needs a stride of 1, but it was {string.Join(", ", stride)}.");
        (this.in_channels, this.out_channels, this.kernel_size, this.stride, this.dilation) = (in_channels, out_channels, kernel_size, stride, dilation);
        (this.padding, this.padding_type, this.padding_mode, this.groups) = (padding, padding_type, padding_mode, groups);
        ownWeight = Empty([out_channels, in_channels / groups, .. kernel_size], device, dtype);
        if (bias) ownBias = Empty([out_channels], device, dtype);
        torch.nn.init.ResetAffine(ownWeight, ownBias);
        RegisterComponents();
    }

    public long in_channels { get; }

    public long out_channels { get; }

    public long[] kernel_size { get; }

    public long[] stride { get; }

    /// <summary>Null where <see cref="padding_type"/> says it.</summary>
    public long[]? padding { get; }

    public Padding? padding_type { get; }

    public PaddingModes padding_mode { get; }

    public long[] dilation { get; }

    public long groups { get; }

    public Parameter weight
    {
        get => ownWeight!;
        set => Exchange(ref ownWeight, value, nameof(weight));
    }

    public Parameter? bias
    {
        get => ownBias;
        set => Exchange(ref ownBias, value, nameof(bias));
    }

    /// <summary>Pads the input where the mode is not one of zeros.</summary>
    /// <returns>Whether the input was padded, and needs no padding by the convolution.</returns>
    private protected bool Prepad(torch.Tensor input, out torch.Tensor padded)
    {
        padded = input;
        if (padding_mode is PaddingModes.Zeros or PaddingModes.Constant) return false;
        // The last dimension comes first, each with its left and right side.
        var sides = new List<long>();
        for (var i = kernel_size.Length - 1; i >= 0; i--)
        {
            var total = padding_type switch { Padding.Same => dilation[i] * (kernel_size[i] - 1), Padding.Valid => 0, _ => 2 * padding![i] };
            sides.AddRange([total / 2, total - (total / 2)]);
        }
        padded = torch.nn.functional.pad(input, sides.ToArray(), padding_mode);
        return true;
    }
}
