namespace Affect.Frames.Tests;

public sealed class FramesTests
{
    private static readonly Decisions Decided = new(
        ["neutral", "angry"], ["a", "b", "c"], ["s1", "s1", "s2"], [0, 1, 1], [[0.9, 0.1], [0.6, 0.4], [0.25, 0.75]]);

    private static readonly RunResult Result = new() { Variant = "attention", Seed = 3, Present = "acoustic", Trained = "acoustic+visual", Ceiling = 0.8, IsSynthetic = true, Decisions = Decided };

    [Fact]
    public void Decisions_have_the_columns_of_their_csv_file()
    {
        var frame = Decided.ToDataFrame();
        Assert.Equal("clip text, speaker text, emotion text, predicted text, correct bool, neutral double, angry double", Frame.Head(frame));
        Assert.Equal("b | s1 | angry | neutral | False | 0.6 | 0.4", Frame.Text(frame, 1));
        var csv = Path.GetTempFileName();
        Decided.Save(csv);
        Assert.Equal(File.ReadLines(csv).First(), string.Join(',', frame.Columns.Select(column => column.Name).Where(name => name != "correct")));
        File.Delete(csv);
    }

    [Fact]
    public void A_confusion_matrix_has_the_true_emotions_as_rows()
    {
        var frame = Decided.ConfusionToDataFrame();
        Assert.Equal("emotion text, neutral int, angry int", Frame.Head(frame));
        Assert.Equal(["neutral | 1 | 0", "angry | 1 | 1"], new[] { Frame.Text(frame, 0), Frame.Text(frame, 1) });
        Assert.Contains("classes must be 2 names, but are 1", Assert.Throws<ArgumentException>(() => Decided.Scores.ConfusionToDataFrame(["x"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_prediction_that_was_not_made_is_null()
    {
        ClipPrediction[] predictions =
        [
            new() { ClipId = "a", Emotion = "sad", Probabilities = [0.7, 0.3], Used = ["acoustic", "lexical"], Notes = [] },
            new() { ClipId = "b", Emotion = null, Probabilities = [], Used = [], Notes = ["no acoustic: silent", "no lexical: no words"] },
        ];
        var frame = predictions.ToDataFrame(["sad", "happy"]);
        Assert.Equal("clip text, predicted text, sad double, happy double, used text, notes text", Frame.Head(frame));
        Assert.Equal("a | sad | 0.7 | 0.3 | acoustic+lexical | null", Frame.Text(frame, 0));
        Assert.Equal("b | null | null | null |  | no acoustic: silent; no lexical: no words", Frame.Text(frame, 1));
        Assert.Contains("the 2 classes of the system, but are 1", Assert.Throws<ArgumentException>(() => predictions.ToDataFrame(["sad"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_curve_has_scores_with_intervals_folds_and_decisions()
    {
        var curve = LayerCurves.Small();
        var layers = curve.ToDataFrame();
        Assert.Equal(
            "encoder text, layer int, waf double, waf_low double, waf_high double, uar double, uar_low double, uar_high double, accuracy double, accuracy_low double, accuracy_high double, macro_f1 double, log_loss double, f1_neutral double, f1_angry double",
            Frame.Head(layers));
        Assert.Equal(curve.Layers.Select(layer => (object?)layer.Waf.High), Frame.Column(layers, "waf_high"));
        Assert.Equal("toy encoder", layers["encoder"][2]);
        var folds = curve.FoldsToDataFrame();
        Assert.Equal("encoder text, layer int, fold int, clips int, penalty double, waf double, uar double, accuracy double, macro_f1 double", Frame.Head(folds));
        Assert.Equal(9, folds.Rows.Count);
        var decisions = curve.DecisionsToDataFrame();
        Assert.Equal("encoder text, layer int, clip text, speaker text, emotion text, predicted text, correct bool", Frame.Head(decisions));
        Assert.Equal(180, decisions.Rows.Count);
        Assert.Equal(curve.Layers[2].Accuracy.Value, Frame.Column(decisions, "correct").Skip(120).Average(correct => correct is true ? 1.0 : 0.0), 12);
    }

    [Fact]
    public void Results_of_runs_stand_below_one_another_even_of_other_classes()
    {
        var other = new Decisions(["angry", "sad"], ["a"], ["s1"], [1], [[0.5, 0.5]]);
        RunResult[] results = [Result, new RunResult { Variant = "mean", Seed = 1, Present = "visual", Trained = "visual", Decisions = other }];
        var frame = results.ToDataFrame();
        Assert.Equal("variant text, trained text, present text, part text, seed int, clips int, waf double, uar double, accuracy double, macro_f1 double, f1_neutral double, f1_angry double, f1_sad double, ceiling double, is_synthetic bool", Frame.Head(frame));
        Assert.Equal([Decided.Scores.Waf, other.Scores.Waf], Frame.Column(frame, "waf"));
        Assert.Equal([Decided.Scores.PerClassF1[0], null], Frame.Column(frame, "f1_neutral"));
        Assert.Equal([0.8, null], Frame.Column(frame, "ceiling"));
        var clips = results.DecisionsToDataFrame();
        Assert.Equal("variant text, trained text, present text, part text, seed int, clip text, speaker text, emotion text, predicted text, correct bool, neutral double, angry double, sad double", Frame.Head(clips));
        Assert.Equal("mean | visual | visual | test | 1 | a | s1 | sad | angry | False | null | 0.5 | 0.5", Frame.Text(clips, 3));
    }

    [Fact]
    public void A_run_record_gives_its_results_steps_and_epochs()
    {
        var folder = Directory.CreateTempSubdirectory("affect-frames-").FullName;
        using (var log = RunLog.Open(folder))
        {
            log.Start("toy", new { Epochs = 2 });
            foreach (var loss in (double[])[3, 2.5]) log.Write("step", new { Loss = loss });
            log.Write("epoch", new { Metrics = new Dictionary<string, double> { ["waf"] = 0.25 } });
            log.Write("epoch", new { Metrics = new Dictionary<string, double> { ["waf"] = 0.5, ["uar"] = 0.375 } });
            log.WriteResult(Result);
        }
        var record = RunRecord.Load(folder);
        Assert.Equal("1 | 3, 2 | 2.5", string.Join(", ", Enumerable.Range(0, 2).Select(row => Frame.Text(record.StepsToDataFrame(), row))));
        Assert.Equal("epoch int, waf double, uar double", Frame.Head(record.EpochsToDataFrame()));
        var frame = record.ToDataFrame();
        Assert.StartsWith("run text, is_finished bool, variant text, trained text", Frame.Head(frame), StringComparison.Ordinal);
        Assert.StartsWith($"{Path.GetFileName(folder)} | False | attention | acoustic+visual | acoustic | test | 3 | 3 | {Decided.Scores.Waf.ToString("R", System.Globalization.CultureInfo.InvariantCulture)}", Frame.Text(frame, 0), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_training_marks_the_epoch_that_was_kept()
    {
        var result = new TrainingResult
        {
            BestEpoch = 2,
            Steps = 8,
            TrainedWeights = 1,
            StoppedEarly = false,
            Epochs =
            [
                new EpochRecord { Epoch = 1, Steps = 4, Loss = 2, Seconds = 1, Metrics = new Dictionary<string, double> { ["waf"] = 0.2 } },
                new EpochRecord { Epoch = 2, Steps = 8, Loss = 1, Seconds = 2, Parts = new Dictionary<string, double> { ["masked"] = 0.5 } },
            ],
        };
        var frame = result.ToDataFrame();
        Assert.Equal("epoch int, steps int, loss double, loss_masked double, waf double, seconds double, is_best bool", Frame.Head(frame));
        Assert.Equal("1 | 4 | 2 | null | 0.2 | 1 | False", Frame.Text(frame, 0));
        Assert.Equal("2 | 8 | 1 | 0.5 | null | 2 | True", Frame.Text(frame, 1));
    }

    [Fact]
    public void A_corpus_has_a_manifests_columns_and_what_is_not_said_is_null()
    {
        Clip[] clips =
        [
            new() { Id = "a", Speaker = "01", Emotion = "sad", AudioPath = "/x/a.wav", Extras = new Dictionary<string, string> { ["age"] = "31", ["take"] = "007", ["gain"] = "0.5" } },
            new() { Id = "b", Speaker = "02", Split = "test", Extras = new Dictionary<string, string> { ["age"] = "40", ["gain"] = "-1e-3", ["note"] = "loud" } },
        ];
        var frame = new Corpus("toys", "/x", new EmotionSet(["sad"]), clips).ToDataFrame();
        Assert.Equal("clip text, audio text, video text, speaker text, session text, emotion text, transcript text, split text, age int, take text, gain double, note text", Frame.Head(frame));
        Assert.Equal("a | /x/a.wav | null | 01 | null | sad | null | null | 31 | 007 | 0.5 | null", Frame.Text(frame, 0));
        Assert.Equal("b | null | null | 02 | null | null | null | test | 40 | null | -0.001 | loud", Frame.Text(frame, 1));
    }

    [Fact]
    public void A_figures_table_is_numbers_where_it_shows_numbers()
    {
        var table = new FigureTable
        {
            Caption = "x",
            Columns = ["name", "n", "WAF", "loss", "WAF", ""],
            Rows = [["one", "12", "0.412 [0.380, 0.445]", "−1.5", "", "a"], ["two", "3", "0.300", "2", "0.1", ""]],
        };
        var frame = table.ToDataFrame();
        Assert.Equal("name text, n int, WAF double, WAF_low double, WAF_high double, loss double, WAF_2 double, column_6 text", Frame.Head(frame));
        Assert.Equal("one | 12 | 0.412 | 0.38 | 0.445 | -1.5 | null | a", Frame.Text(frame, 0));
        Assert.Equal("two | 3 | 0.3 | null | null | 2 | 0.1 | null", Frame.Text(frame, 1));
    }

    [Fact]
    public void Every_figure_has_a_frame_with_a_row_per_row()
    {
        foreach (var figure in Samples.All.Values) Assert.Equal(figure.Table.Rows.Count, figure.ToDataFrame().Rows.Count);
    }

    [Fact]
    public void An_ablation_bears_its_scores_name_and_has_no_difference_for_the_first()
    {
        var frame = (Samples.Ablation with { Metric = Metric.MacroF1 }).ToDataFrame();
        Assert.Equal("name text, macro_f1 double, macro_f1_low double, macro_f1_high double, difference double, difference_low double, difference_high double", Frame.Head(frame));
        Assert.Equal([null, 0.015, -0.22, -0.168], Frame.Column(frame, "difference"));
    }

    [Fact]
    public void Records_of_any_kind_have_typed_columns_in_snake_case()
    {
        var gain = new Interval { Value = 0.1, Low = 0, High = 0.2 };
        var rows = new[]
        {
            new { Name = "a", Seed = 1, MacroF1 = (double?)0.5, IsBest = true, Metric = Metric.Waf, Weights = 7L, Gain = (Interval?)gain, Parts = new Dictionary<string, double> { ["loss"] = 1.5 }, List = new[] { 1 }, Comparison = Compared(gain) },
            new { Name = "b", Seed = 2, MacroF1 = (double?)null, IsBest = false, Metric = Metric.Uar, Weights = 8L, Gain = (Interval?)null, Parts = new Dictionary<string, double>(), List = new[] { 2 }, Comparison = Compared(gain) },
        };
        var frame = rows.ToDataFrame();
        Assert.StartsWith("name text, seed int, macro_f1 double, is_best bool, metric text, weights long, gain double, gain_low double, gain_high double, parts_loss double, comparison_metric text, comparison_first double", Frame.Head(frame), StringComparison.Ordinal);
        Assert.StartsWith("b | 2 | null | False | Uar | 8 | null | null | null | null | Waf | 0.1", Frame.Text(frame, 1), StringComparison.Ordinal);
        Assert.Equal("value double", Frame.Head(new[] { 0.5, 0.25 }.ToDataFrame()));
        Assert.Contains("but Object has none", Assert.Throws<ArgumentException>(() => new object[] { 1 }.ToDataFrame()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_results_of_alignment_are_records_too() =>
        Assert.StartsWith("percent int, labels double, before double, before_low double, before_high double, untrained double", Frame.Head(Array.Empty<AlignmentGain>().ToDataFrame()), StringComparison.Ordinal);

    [Fact]
    public void Frames_are_joined_by_clip()
    {
        var one = Decided.ToDataFrame();
        var clips = new[] { new Clip { Id = "b", Speaker = "s1", Transcript = "so what" }, new Clip { Id = "c", Speaker = "s2" } }.ToDataFrame();
        var joined = one.Merge(clips, ["clip"], ["clip"], joinAlgorithm: JoinAlgorithm.Inner);
        Assert.Equal(2, joined.Rows.Count);
        Assert.Equal(["so what", null], Frame.Column(joined, "transcript"));
    }

    private static PairedComparison Compared(Interval value) => new() { Metric = Metric.Waf, First = value, Second = value, Difference = value, PValue = 0.5 };
}
