namespace Affect.Pretraining.CLIP;

/// <summary>Pictures with their captions, in memory as bytes.</summary>
internal sealed class PictureCollection : IDisposable
{
    private readonly Tensor pixels; // [pictures, size, size, 3], bytes

    internal PictureCollection(Tensor pixels, IReadOnlyList<string> captions, int speakers)
    {
        pixels.Shape([captions.Count, -1, -1, 3], "[pictures, size, size, 3]");
        (this.pixels, Captions, Speakers) = (pixels, captions, speakers);
    }

    internal int Count => Captions.Count;

    internal IReadOnlyList<string> Captions { get; }

    /// <summary>Of how many people the pictures are.</summary>
    internal int Speakers { get; }

    /// <summary>Some of the pictures.</summary>
    /// <returns><c>[pictures, size, size, 3]</c>, bytes.</returns>
    internal Tensor Pixels(IReadOnlyList<int> pictures)
    {
        using var scope = NewDisposeScope();
        return pixels.index_select(0, tensor(pictures.Select(picture => (long)picture).ToArray(), dtype: ScalarType.Int64)).MoveToOuterDisposeScope();
    }

    public void Dispose() => pixels.Dispose();
}
