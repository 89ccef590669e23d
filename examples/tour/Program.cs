// The README's tour. Every C# block of the README stands in this file, word for word; a test compares them.
using DeepKeras.Applications;
using DeepKeras.Callbacks;
using DeepKeras.Data;
using DeepKeras.Initializers;
using DeepKeras.Inspection;
using DeepKeras.Schedules;
using DeepKeras.Vision;
using DeepKeras.Vision.Reports;
using DeepKeras.Vision.Visualization;
using TorchSharp;
using static DeepKeras.Applications.Zoo;
using static TorchSharp.torch;

SetRandomSeed(1);
var x = rand(256, 28, 28, 1);
var labels = randint(0, 10, [256]);
var folder = Directory.CreateTempSubdirectory("deepkeras-tour-").FullName;

{
    // A stack of layers
    Sequential model =
    [
        Conv2D(32, 3, activation: "relu", inputShape: (28, 28, 1)),
        MaxPooling2D(),
        Flatten(),
        Dropout(0.5),
        Dense(10, activation: "softmax"),
    ];
    model.Compile(optimizer: "adam", loss: "categorical_crossentropy", metrics: ["accuracy"]);
    var y = ToCategorical(labels, 10);
    var history = model.Fit(x, y, batchSize: 64, epochs: 3, validationSplit: 0.2);
    var score = model.Evaluate(x, y, verbose: 0);
    Console.WriteLine($"loss {score[0]:0.000}, accuracy {score["accuracy"]:0.000}, best epoch {history["val_accuracy"].Max():0.000}");
    Console.WriteLine(ConfusionMatrix.Of(labels, model.Predict(x)));

    // Weights and whole models
    model.SaveWeights(Path.Combine(folder, "weights.safetensors"));
    model.Save(Path.Combine(folder, "model.dkeras"));          // layers, weights, optimizer, random state
    var again = LoadModel(Path.Combine(folder, "model.dkeras"));
    again.Fit(x, y, epochs: 4, initialEpoch: 3);               // goes on exactly where the other stopped
}

{
    // Texts
    string[] reviews = ["a fine film", "dull and far too long", "fine acting, fine music", "too long"];
    var words = new TextVectorization(outputSequenceLength: 6);
    words.Adapt(reviews);
    Sequential mood =
    [
        Embedding(words.VocabularySize, 8, maskZero: true, inputShape: 6),   // padding is masked, from here to the loss
        Bidirectional(LSTM(8)),
        Dense(1, activation: "sigmoid"),
    ];
    mood.Compile("adam", "binary_crossentropy");
    var curves = mood.Fit(words.Call(reviews), new float[] { 1, 0, 1, 0 }, epochs: 20, verbose: 0);
    curves.Plot(Path.Combine(folder, "curves.svg"));

    // Attention
    var steps = Input(shape: (null, 16));
    var attended = LayerNormalization()(steps + MultiHeadAttention(numHeads: 2, keyDim: 8)(steps, steps));
    var encoder = new Model(steps, LayerNormalization()(attended + Dense(16)(Dense(32, activation: "gelu")(attended))));
    Console.WriteLine($"encoded: {string.Join(" × ", encoder.Predict(rand(2, 10, 16))[0].shape)}");

    // Second order
    Sequential small = [Dense(8, activation: "tanh", inputShape: 1), Dense(1)];
    var t = linspace(-3, 3, 64).unsqueeze(1);
    small.Compile(new LBFGS(), "mse");
    small.Fit(t, t.sin(), batchSize: 64, epochs: 40, verbose: 0);
    Console.WriteLine($"sine, mean squared error: {small.Evaluate(t, t.sin(), verbose: 0)[0]:0.0e0}");
}

{
    // A graph with two outputs: the prediction, and what the first convolution saw
    var image = Input(shape: (28, 28, 1));
    var maps = Conv2D(6, 5, activation: "tanh")(image);
    var digit = Dense(10, activation: "softmax", name: "digit")(Flatten()(AveragePooling2D()(maps)));
    var model = new Model(inputs: [image], outputs: [digit]);
    model.Compile("sgd", "sparse_categorical_crossentropy");
    model.Fit(x, labels, verbose: 0);

    var reader = new Model(inputs: [image], outputs: [digit, maps]);   // the same layers, the same weights
    var seen = reader.Predict(x);
    Console.WriteLine($"maps: {string.Join(" × ", seen[1].shape)}");

    // Cut, freeze, fine-tune
    foreach (var layer in model.Layers[..3]) layer.Trainable = false;
    var head = Dense(1, activation: "sigmoid")(model.Layers[^2].Output);
    var tuned = new Model(model.Input, head);
    tuned.Summary(showTrainable: true);
}

{
    // Networks of the literature: cut, frozen, fine-tuned
    var photos = rand(16, 64, 64, 3);
    var kinds = randint(0, 2, [16]);
    var body = ResNet18(includeTop: false, weights: null, inputShape: (64, 64, 3), pooling: "avg");   // weights: "imagenet" fetches torchvision's
    body.Freeze();
    var kind = new Model(inputs: [body.Input], outputs: [Dense(2, activation: "softmax", name: "head")(body.Output)]);
    kind.Compile("adam", "sparse_categorical_crossentropy", metrics: ["accuracy"]);
    kind.FitHead(photos, kinds, epochs: 3, verbose: 0);       // the frozen part runs once, not in every epoch

    kind.Unfreeze(from: "conv5_block1_1_conv");               // the last stage learns, too,
    body.LearningRateFactor = 0.1;                            // at a tenth of the head's rate
    kind.Fit(photos, kinds, epochs: 1, verbose: 2);

    body.SavePretrained(Path.Combine(folder, "body.pth"));    // PyTorch loads it
    body.LoadPretrained(Path.Combine(folder, "body.pth"));    // and the other way round
    Console.WriteLine($"{ListModels().Count} networks: {string.Join(", ", ListModels("densenet"))} ...");
}

{
    // Shared layers, merging, arithmetic on symbolic tensors
    var left = Input(16, name: "left");
    var right = Input(16, name: "right");
    var encode = Dense(8, activation: "relu");
    var difference = encode(left) - encode(right);
    var similar = Dense(1, activation: "sigmoid")(difference * difference);
    var siamese = new Model(inputs: [left, right], outputs: similar);
    siamese.Compile(new Adam(learningRate: new CosineDecay(0.01, decaySteps: 100)), "binary_crossentropy");
    siamese.Fit(
        new Dictionary<string, Tensor> { ["left"] = rand(64, 16), ["right"] = rand(64, 16) },
        randint(0, 2, [64, 1]),
        epochs: 2,
        verbose: 2,
        callbacks: [new EarlyStopping(monitor: "loss", patience: 3), new CSVLogger(Path.Combine(folder, "log.csv"))]);
}

{
    // Photos in folders: decoded and varied by other threads, ahead of the training
    var photos = PhotoFolder.Make(Path.Combine(folder, "photos"));
    var (train, validation) = ImageDataset.FromDirectory(photos, imageSize: (48, 48), batchSize: 16, validationSplit: 0.25, subset: "both", seed: 1);
    var varied = train.Augment(new Pipeline([RandomFlip("horizontal"), RandomRotation(0.1), RandomContrast(0.2)]), workers: 2);

    Sequential model =
    [
        Rescaling(1 / 255.0, inputShape: (48, 48, 3)),
        Conv2D(16, 3, activation: "relu", name: "conv"),
        MaxPooling2D(4),
        Flatten(),
        Dense(train.ClassNames.Count, activation: "softmax", name: "class"),
    ];
    model.Compile("adam", "sparse_categorical_crossentropy", ["accuracy"]);
    var history = model.Fit(varied, epochs: 5, validationData: validation, verbose: 2);

    // Pipelines of any kind: elements of any type, mapped in parallel and in order
    var lines = Dataset.From(Directory.GetFiles(photos, "*.png", SearchOption.AllDirectories))
        .Shuffle(1000, seed: 1)
        .Map(file => (ImageFile.Load(file).to_type(ScalarType.Float32), tensor(file.Contains("circle") ? 0L : 1L)), workers: 2)
        .Batch(32)
        .Prefetch(2);
    Console.WriteLine($"{lines.Elements().First().Inputs[0].shape[0]} photos in a batch");

    // Why this class, what excites each channel, and everything on one page
    var photo = ImageFile.Load(train.FilePaths[0], channels: 3);
    ImageFile.Save(Path.Combine(folder, "why.png"), Overlay.Of(GradCam.Of(model, photo), photo));
    ImageFile.Save(Path.Combine(folder, "maps.png"), ActivationMaps.Of(model, photo).Grid("conv"));
    ImageFile.Save(Path.Combine(folder, "wants.png"), FeatureVisualization.Panel(model, "conv"));
    Report.For(model, validation, history, train.ClassNames).Save(Path.Combine(folder, "report.html"));
}

{
    // A layer of one's own, and any TorchSharp module as a layer
    var t = Input(16);
    var scaled = new Scale().Apply(t);
    var y = TorchModule(nn.Sequential(nn.Linear(16, 4), nn.GELU()))(scaled);
    var mixed = new Model(t, y);
    Console.WriteLine(mixed.Predict(rand(2, 16)).Single.shape.Length);

    // … and a model as a TorchSharp module
    using var module = mixed.AsTorchModule();
    Console.WriteLine($"{module.parameters().Count()} parameters");
}

internal sealed class Scale(string? name = null) : Layer(name: name)
{
    private Weight? _factor;

    protected override void Build(Shape input) => _factor = AddWeight("factor", new Shape(input[^1]), new Ones());

    protected override Tensor Forward(Tensor input, bool training) => input * _factor!.Value;
}

internal sealed class ClippedModel(KerasTensors inputs, KerasTensors outputs) : Model(inputs, outputs)
{
    protected override void TrainStep(Batch batch)
    {
        var predictions = Forward(batch, training: true);
        var loss = ComputeLoss(batch, predictions).clamp_max(10);
        Optimizer!.Minimize(loss);
        Track(batch, predictions, loss);
    }
}
