namespace Affect.Tests.Conformance;

/// <summary>A method as a researcher writes it in a notebook's cell: public members alone, two small types.</summary>
/// <remarks>Lian et al., <em>Scaling and Shifting Your Features</em>, arXiv:2210.08823, section 3.2, behind every map of a block.</remarks>
public sealed record ScaleShiftConfig : AdapterConfig
{
    public double Start { get; init; } = 1;

    public override bool Fits(string path, nn.Module module) => ModuleFinder.LayerOf(path) is not null && module is LinearMap;

    public override AdapterPart CreatePart(string path, nn.Module module, Generator generator) => AdapterPart.Behind(module, new ScaleShift(((LinearMap)module).weight.shape[0], Start));

    private sealed class ScaleShift : nn.Module<Tensor, Tensor>
    {
        private readonly Parameter scale;
        private readonly Parameter shift;

        public ScaleShift(long size, double start)
            : base(nameof(ScaleShift))
        {
            (scale, shift) = (nn.Parameter(full(size, start)), nn.Parameter(zeros(size)));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => input * scale + shift;
    }
}
