using System.Globalization;
using DeepKeras.Data;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Data;

/// <summary>CSV files as RFC 4180 defines them, and what is wrong with those that are not.</summary>
public class CsvTests
{
    [Test]
    public void Columns_become_features_and_class_numbers()
    {
        var data = Read("length,width,kind\n1.5,2,rose\n-3e-1, 4 ,daisy\r\n5,.25,rose\n", target: "kind");
        data.FeatureNames.Should().Equal("length", "width");
        data.ClassNames.Should().Equal("daisy", "rose");
        data.Count.Should().Be(3);
        var batch = data.Batch(3).Elements().Single();
        batch.Inputs[0].dtype.Should().Be(ScalarType.Float32);
        Close(batch.Inputs[0], [1.5, 2, -0.3, 4, 5, 0.25]);
        batch.Targets[0].dtype.Should().Be(ScalarType.Int64);
        Close(batch.Targets[0], [1, 0, 1]);
    }

    [Test]
    public void Numbers_in_the_target_stay_numbers_and_features_can_be_chosen()
    {
        var data = Read("a;b;c\n1;2;3\n4;;6", target: "b", features: ["c", "a"], delimiter: ';', row: 1);
        data.ClassNames.Should().BeEmpty();
        var sample = data.Elements().Single();
        Close(sample.Inputs[0], [3, 1]);
        sample.Targets[0].shape.Should().BeEmpty();
        Close(sample.Targets[0], 2);
        var bare = Read("1\t2\n3\t4\n", header: false, target: "0", delimiter: '\t');
        bare.FeatureNames.Should().Equal("1");
        Close(bare.Batch(2).Elements().Single().Inputs[0], [2, 4]);
        Read("a,b\n1,2\n").Elements().Single().Targets.Should().BeEmpty("no target was asked for");
        Close(Read("a,b\n1,\n,2\n", missing: -1).Batch(2).Elements().Single().Inputs[0], [1, -1, -1, 2]);
    }

    [Test]
    public void Quoted_fields_may_hold_anything()
    {
        var data = Read("\"x\"\"y\",\"na,me\"\r\n\"1\",\"a \"\"b\"\"\r\nc\"\r\n2,\"\"\"\"\r\n\r\n3,plain", target: "na,me");
        data.FeatureNames.Should().Equal("x\"y");
        data.ClassNames.Should().Equal("\"", "a \"b\"\r\nc", "plain");
        Close(data.Batch(3).Elements().Single().Targets[0], [1, 0, 2]);
    }

    [Test]
    public void A_byte_order_mark_and_the_culture_do_not_matter()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NumberGroupSeparator = "." } };
            var data = Read("\uFEFFa,b\n1.5,2\n", target: "b");
            data.FeatureNames.Should().Equal("a");
            Close(data.Elements().Single().Inputs[0], 1.5);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [TestCase("a,b\n1,2\n3\n", "*data.csv:3:1: expected 2 fields*found 1*delimiter*")]
    [TestCase("a,b\n1,2\n3,4,5\n", "*data.csv:3:1: expected 2 fields*found 3*")]
    [TestCase("a,b\n1,x\n", "*data.csv:2:3: 'x' in column 'b' is not a number*features*")]
    [TestCase("a,b\n\"1\n\n\",x\n", "*data.csv:4:3: 'x' in column 'b' is not a number*")]
    [TestCase("a,b\n1,\n", "*data.csv:2:3: the field in column 'b' is empty. Pass missing:*")]
    [TestCase("a,b\n1,\"x\n", "*data.csv:2:3: a quoted field begins here, but the file ends*")]
    [TestCase("a,b\n1,x\"y\n", "*data.csv:2:4: a quote in the middle*")]
    [TestCase("a,b\n\"1\"2,3\n", "*data.csv:2:4: after a closing quote the field must end, but '2' follows*")]
    [TestCase("", "There is no data*data.csv*")]
    [TestCase("\n\n", "There is no data*data.csv*")]
    [TestCase("a,b\n", "There is no data*data.csv*")]
    public void Malformed_files_are_refused_with_the_place(string text, string message) =>
        FluentActions.Invoking(() => Read(text)).Should().Throw<KerasException>().WithMessage(message);

    [Test]
    public void Columns_that_are_not_there_are_refused()
    {
        FluentActions.Invoking(() => Read("a,b\n1,2\n", target: "c")).Should().Throw<KerasException>().WithMessage("*no column 'c'*'a', 'b'*header: false*");
        FluentActions.Invoking(() => Read("a,a\n1,2\n", target: "a")).Should().Throw<KerasException>().WithMessage("*several columns named 'a'*");
        FluentActions.Invoking(() => Read("a\n1\n", target: "a")).Should().Throw<KerasException>().WithMessage("*no column left*'a'*");
        FluentActions.Invoking(() => Read("a,b\n1,rose\n2,\n", target: "b")).Should().Throw<KerasException>().WithMessage("*data.csv:3:3: the field in column 'b' is empty. Fill it in*");
        FluentActions.Invoking(() => Dataset.FromCsv("no such file.csv")).Should().Throw<FileNotFoundException>();
    }

    [Test]
    public void A_network_learns_from_a_file()
    {
        SetRandomSeed(3);
        var random = new Random(1);
        var lines = Enumerable.Range(0, 300).Select(_ =>
        {
            var (a, b) = (random.NextDouble(), random.NextDouble());
            return string.Create(CultureInfo.InvariantCulture, $"{a},{(a + b > 1 ? "above" : "below")},{b}");
        });
        var data = Read("a,side,b\n" + string.Join('\n', lines), target: "side");
        Sequential model = [Dense(8, activation: "relu"), Dense(data.ClassNames.Count, activation: "softmax")];
        model.Compile(new Adam(0.05), "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        model.Fit(data.Take(250).Shuffle(250).Batch(10).Prefetch(2), epochs: 15, verbose: 0);
        model.Evaluate(data.Skip(250).Batch(50), verbose: 0)["accuracy"].Should().BeGreaterThan(0.9);
    }

    [Test]
    public void Reading_inside_a_scope_does_not_tie_the_data_to_it()
    {
        CsvDataset data;
        using (torch.NewDisposeScope()) data = Read("a,b\n1,2\n", target: "b");
        Close(data.Elements().Single().Inputs[0], 1);
    }

    private static CsvDataset Read(string text, string? target = null, string[]? features = null, bool header = true, char delimiter = ',', float? missing = null, int? row = null)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("data.csv");
        if (row is { } only) text = string.Join('\n', text.Split('\n').Where((_, i) => i == 0 || i == only));
        File.WriteAllText(path, text);
        return Dataset.FromCsv(path, target, features, header, delimiter, missing);
    }
}
