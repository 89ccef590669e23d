using DeepKeras.Data;
using DeepKeras.Vision.Visualization;

/// <summary>One picture: the surest cats, the surest dogs, and the worst mistakes, each with what the model says.</summary>
internal static class PredictionSheet
{
    private const int Columns = 8;
    private static readonly string[] Names = ["cat", "dog"];

    /// <summary>Writes the sheet.</summary>
    /// <param name="path">A .png file.</param>
    /// <param name="model">Gives (N, 2): cat, dog.</param>
    /// <param name="test">Photos and class numbers in an order that stays.</param>
    public static void Save(string path, Model model, Dataset<Batch> test)
    {
        using var scope = torch.NewDisposeScope();
        var batches = test.Elements().ToList();
        var photos = torch.cat([.. batches.Select(b => b.Inputs[0])], 0);
        var truth = torch.cat([.. batches.Select(b => b.Targets[0])], 0).to_type(torch.ScalarType.Int64).data<long>().ToArray();
        var says = model.Predict(photos, batchSize: 500).ToArray();
        var dog = truth.Select((_, i) => says[(2 * i) + 1]).ToArray();

        // How sure the model is of the class that is true.
        var sureness = truth.Select((t, i) => t == 1 ? dog[i] : 1 - dog[i]).ToArray();
        var order = Enumerable.Range(0, truth.Length).OrderByDescending(i => sureness[i]).ToArray();
        var grid = new ImageGrid(Columns, scale: 3, caption: "Test photos: the surest cats, the surest dogs, the worst mistakes");
        foreach (var i in order.Where(i => truth[i] == 0).Take(Columns)) Add(i);
        foreach (var i in order.Where(i => truth[i] == 1).Take(Columns)) Add(i);
        foreach (var i in order.Reverse().Take(Columns)) Add(i);
        grid.Save(path);

        void Add(int i)
        {
            var answer = dog[i] > 0.5f ? 1 : 0;
            grid.Add(photos[i].to_type(torch.ScalarType.Byte), caption: $"{Names[answer]} {(answer == 1 ? dog[i] : 1 - dog[i]):0%}{(answer == truth[i] ? "" : $", is {Names[truth[i]]}")}");
        }
    }
}
