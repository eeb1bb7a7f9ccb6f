namespace Affect.Notebook.Figures;

/// <summary>Draws one layer curve on one canvas.</summary>
/// <remarks>With room, names stand at the right end of what they name; on narrow canvases they stand in a legend above the plot.</remarks>
internal sealed class LayerCurveDrawing
{
    private const double FaintFolds = 0.5;
    private const double AxisName = 24;
    private const double ChoiceName = 18;

    private readonly SvgCanvas canvas;
    private readonly LayerCurveFigure figure;
    private readonly LayerCurveData data;
    private readonly bool isWide;
    private readonly int firstLayer;
    private readonly int lastLayer;
    private readonly LinearScale x;
    private readonly LinearScale y;

    /// <summary>Lays the plot out; on narrow canvases the legend above it is drawn already.</summary>
    /// <param name="canvas">Where to draw.</param>
    /// <param name="figure">What to draw.</param>
    /// <param name="top">The first free pixel below the subtitle.</param>
    internal LayerCurveDrawing(SvgCanvas canvas, LayerCurveFigure figure, double top)
    {
        (this.canvas, this.figure, data) = (canvas, figure, figure.Data);
        isWide = canvas.Width >= MarkNames.WideEnough;
        firstLayer = data.Series.Min(series => series.Points[0].Layer);
        lastLayer = data.Series.Max(series => series.Points[^1].Layer);
        top = (isWide ? top + 2 : MarkNames.Legend(canvas, Names(), top + 4)) + AxisName + (data.Choice is null ? 0 : ChoiceName);
        var right = canvas.Width - (isWide ? MarkNames.Column + 12 : FigureHead.Margin);
        x = new LinearScale(firstLayer - 0.5, lastLayer + 0.5, FigureHead.Margin + TextFace.Label.Width("0.0") + 8, right);
        y = new LinearScale(0, Top(data), top + (isWide ? 300 : 250), top);
    }

    /// <summary>The top of the vertical axis, which begins at 0: the first round value above everything drawn.</summary>
    internal static double Top(LayerCurveData data)
    {
        var highest = data.Series.SelectMany(series => series.Points).SelectMany(point => point.Folds.Append(point.Score.High))
            .Concat(data.References.Select(reference => reference.Score.High)).Concat(data.Ceilings.Select(ceiling => ceiling.Value)).Append(data.Chance).Max();
        return Math.Min(1, Math.Ceiling((highest + 0.02) * 10) / 10);
    }

    /// <summary>References take the palette from its end, so that a baseline keeps its colour as long as there are at most two curves.</summary>
    internal static ThemedColour ReferenceColour(int index, int curves) => Palette.Series(curves > 2 ? 3 : 2 + index % 2);

    /// <summary>Draws everything.</summary>
    /// <returns>The drawing's height.</returns>
    internal double Draw()
    {
        canvas.Text(Score.Name(data.Metric), FigureHead.Margin, y.ToPixel - (data.Choice is null ? 0 : ChoiceName) - AxisName + 14, TextFace.Label);
        Choice();
        Axes();
        foreach (var (index, reference) in data.References.Index()) Reference(reference, ReferenceColour(index, data.Series.Count));
        Level(data.Chance, LevelDash.Chance);
        foreach (var (index, ceiling) in data.Ceilings.Index()) Level(ceiling.Value, LevelDash.Ceiling(index));
        foreach (var (index, series) in data.Series.Index()) Curve(series, index);
        if (isWide) MarkNames.Beside(canvas, [.. Names()], y, x.ToPixel);
        return y.FromPixel + 44;
    }

    private void Choice()
    {
        var (top, bottom) = (y.ToPixel, y.FromPixel);
        if (data.Choice is not { } choice) return;
        var text = choice.IsTooFlat ? "too flat to choose a range of layers" : figure.ChoiceText.ToLowerInvariant().TrimEnd('.');
        var width = TextFace.Value.Width(text);
        if (choice.IsTooFlat)
        {
            canvas.Text(text, (x.FromPixel + x.ToPixel) / 2, top - 8, TextFace.Value, TextAnchor.Middle);
            return;
        }
        var (from, to) = (x.At(choice.First - 0.5), x.At(choice.Last + 0.5));
        canvas.Rectangle(from, top, to - from, bottom - top, Palette.Shade);
        canvas.Line(from, top, to, top, Palette.Ink, 2);
        var centre = Math.Clamp((from + to) / 2, x.FromPixel + width / 2, Math.Max(x.FromPixel + width / 2, canvas.Width - FigureHead.Margin - width / 2));
        canvas.Text(text, centre, top - 8, TextFace.Value, TextAnchor.Middle);
    }

    private void Axes()
    {
        var (left, right, bottom) = (x.FromPixel, x.ToPixel, y.FromPixel);
        foreach (var tick in y.Ticks(LinearScale.RoundStep(y.To, parts: 6)))
        {
            canvas.Line(left, y.At(tick), right, y.At(tick), tick == 0 ? Palette.Muted : Palette.Grid);
            canvas.Text(tick.ToString("0.0#", CultureInfo.InvariantCulture), left - 8, y.At(tick) + 4, TextFace.Label, TextAnchor.End);
        }
        var every = 1;
        while (every * (x.At(1) - x.At(0)) < TextFace.Label.Width("00") + 8) every++;
        for (var layer = firstLayer; layer <= lastLayer; layer++)
        {
            if (layer % every != 0) continue;
            canvas.Line(x.At(layer), bottom, x.At(layer), bottom + 4, Palette.Muted);
            canvas.Text(layer.ToString(CultureInfo.InvariantCulture), x.At(layer), bottom + 18, TextFace.Label, TextAnchor.Middle);
        }
        canvas.Text("layer (0 = input of the first block)", (left + right) / 2, bottom + 36, TextFace.Label, TextAnchor.Middle);
    }

    private void Level(double value, string dash) => canvas.Line(x.FromPixel, y.At(value), x.ToPixel, y.At(value), Palette.Muted, 1.5, dash);

    private void Reference(ReferenceScore reference, ThemedColour colour)
    {
        var (left, right) = (x.FromPixel, x.ToPixel);
        var (low, high) = (y.At(reference.Score.Low), y.At(reference.Score.High));
        canvas.Rectangle(left, high, right - left, low - high, colour, opacity: 0.13);
        canvas.Line(left, y.At(reference.Score.Value), right, y.At(reference.Score.Value), colour, 2);
    }

    private void Curve(LayerSeries series, int index)
    {
        var colour = Palette.Series(index);
        var spacing = x.At(1) - x.At(0);
        var aside = (index - (data.Series.Count - 1) / 2.0) * Math.Min(9, spacing / (data.Series.Count + 1));
        var places = series.Points.Select(point => (X: x.At(point.Layer) + aside, Y: y.At(point.Score.Value))).ToList();
        var beside = Math.Min(6, spacing / 3);
        canvas.Dots(series.Points.Zip(places, (point, place) => point.Folds.Select(fold => (place.X + beside, y.At(fold)))).SelectMany(dots => dots), 1.8, colour, FaintFolds);
        foreach (var (point, place) in series.Points.Zip(places))
            canvas.Line(place.X, y.At(point.Score.Low), place.X, y.At(point.Score.High), colour, 2);
        if (places.Count > 1) canvas.Polyline(places, colour, 1.5);
        foreach (var place in places) canvas.Marker(index, place.X, place.Y, spacing < 18 ? 3 : 4.5, colour);
    }

    // A series is named with its highest score, where its last point is; the others with their value.
    private IEnumerable<NamedMark> Names()
    {
        foreach (var (index, series) in data.Series.Index())
            yield return new NamedMark($"{series.Name}, highest\u00a0{Score.Text(series.Best.Score.Value)}", series.Points[^1].Score.Value, Palette.Series(index), index);
        foreach (var (index, reference) in data.References.Index())
            yield return new NamedMark($"{reference.Name}\u00a0{Score.Text(reference.Score.Value)}", reference.Score.Value, ReferenceColour(index, data.Series.Count));
        yield return new NamedMark($"chance\u00a0{Score.Text(data.Chance)}", data.Chance, Palette.Muted, Dash: LevelDash.Chance);
        foreach (var (index, ceiling) in data.Ceilings.Index())
            yield return new NamedMark($"{ceiling.Name}\u00a0{Score.Text(ceiling.Value)}", ceiling.Value, Palette.Muted, Dash: LevelDash.Ceiling(index));
    }
}
