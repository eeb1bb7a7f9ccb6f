namespace Affect.Pretraining.CLIP;

/// <summary>Brings pictures and their captions together: each picture's own caption against those of its batch, and the other way round.</summary>
/// <remarks>
/// Radford et al., arXiv:2103.00020, section 2.3 and figure 3. Pictures whose captions are equal are not each other's negatives; a piece of a batch compares
/// within itself.
/// </remarks>
internal sealed class CLIPPretrainingTask : ITrainingTask, IDisposable
{
    // ln 100, as in CLIP: without the bound training comes apart.
    private const double LargestLogitScale = 4.605170185988091;

    private readonly CLIPModel model;
    private readonly MimicFaces pictures;
    private readonly TokenBatch tokens;
    private readonly long[] lengths;   // valid tokens of each caption
    private readonly long[] captions;  // the number of each caption among the different ones
    private readonly int held;

    internal CLIPPretrainingTask(CLIPModel model, MimicFaces pictures, CLIPTokenizer tokenizer, int held, string recipe)
    {
        (this.model, this.pictures, this.held, Recipe) = (model, pictures, held, recipe);
        var different = pictures.Captions.Distinct(StringComparer.Ordinal).Index().ToDictionary(caption => caption.Item, caption => (Number: (long)caption.Index, List: tokenizer.Encode(caption.Item)), StringComparer.Ordinal);
        TokenList[] lists = [.. pictures.Captions.Select(caption => different[caption].List)];
        (tokens, lengths, captions) = (new TokenBatch(lists, tokenizer.PadId), [.. lists.Select(list => (long)list.Ids.Count)], [.. pictures.Captions.Select(caption => different[caption].Number)]);
        Parameters = [.. TrainedParameter.Of(model).Select(one => one with { Decays = one.Decays && !one.Name.Contains("embedding", StringComparison.Ordinal) })];
    }

    public string Name => "Pretraining CLIP";

    public string Recipe { get; }

    public IReadOnlyList<TrainedParameter> Parameters { get; }

    public int Items => pictures.Count - held;

    public string ItemName(int item) => string.Create(CultureInfo.InvariantCulture, $"picture {item}");

    public void SetTraining(bool training) => model.train(training);

    public StepLoss Loss(IReadOnlyList<int> items, TrainingStep step)
    {
        var (seen, read) = Features(items);
        var same = tensor(items.Select(item => captions[item]).ToArray(), dtype: ScalarType.Int64);
        var forbidden = same.unsqueeze(0).eq(same.unsqueeze(1));
        return new StepLoss(InfoNce.Symmetric(seen, read, model.LogitScale.clamp_max(LargestLogitScale), forbidden))
        {
            Parts = new Dictionary<string, double> { ["r@1"] = Found(seen, read, items), ["scale"] = Math.Exp(model.LogitScale.ToDouble()) },
        };
    }

    public IReadOnlyDictionary<string, double>? Validate()
    {
        if (held == 0) return null;
        int[] unseen = [.. Enumerable.Range(Items, held)];
        var (seen, read) = Features(unseen);
        return new Dictionary<string, double> { ["held r@1"] = Found(seen, read, unseen) };
    }

    public void Dispose() => tokens.Dispose();

    private (Tensor Seen, Tensor Read) Features(IReadOnlyList<int> items)
    {
        using var scope = NewDisposeScope();
        var longest = items.Max(item => lengths[item]);
        var rows = tensor(items.Select(item => (long)item).ToArray(), dtype: ScalarType.Int64);
        var seen = model.Look(model.Preprocessing.Apply(pictures.Pixels(items))).Feature;
        var read = model.Read(tokens.Ids.index_select(0, rows).narrow(1, 0, longest)).Feature;
        return (seen.MoveToOuterDisposeScope(), read.MoveToOuterDisposeScope());
    }

    // The share of pictures whose nearest caption is theirs, or one that says the same.
    private double Found(Tensor seen, Tensor read, IReadOnlyList<int> items)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var nearest = InfoNce.Unit(seen.detach()).mm(InfoNce.Unit(read.detach()).t()).argmax(1).data<long>().ToArray();
        return items.Index().Average(item => captions[item.Item] == captions[items[(int)nearest[item.Index]]] ? 1.0 : 0.0);
    }
}
