// A pretrained network, cut at a layer, learns ten kinds of clothes from a few images of each: new head, frozen base, then the last layers of the base, slowly.
// usage: fine-tune-vgg16 [images per class] [test images]
using System.Globalization;
using DeepKeras.Applications;
using DeepKeras.Datasets;
using TorchSharp;
using static DeepKeras.Applications.Zoo;

var perClass = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10;
SetRandomSeed(16);
var (net, body, thawFrom) = Pretrained();
// VGG16 takes its time on a CPU.
var isLarge = body.Name == "vgg16";
var tests = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : isLarge ? 500 : 10_000;
var epochs = isLarge ? 10 : 30;

var ((xAll, yAll), (xTestAll, yTestAll)) = FashionMnist.Load();
var few = torch.cat([.. Enumerable.Range(0, 10).Select(c => yAll.eq(c).nonzero().flatten()[..perClass])], 0);
var (x, y) = (Prepare(xAll.index_select(0, few)), yAll.index_select(0, few));
var (xTest, yTest) = (Prepare(xTestAll[..tests]), yTestAll[..tests]);
Console.WriteLine($"\n{x.shape[0]} images of ten classes to learn, {tests} to test, as ({string.Join(", ", x.shape[1..])})");

// What the same layers learn without knowing anything.
var scratch = net.Clone();
Compile(scratch, 0.001);
scratch.Fit(x, y, batchSize: 20, epochs: epochs, verbose: 0);
Report("the same net from scratch", scratch);

// 1. The base is frozen: it runs once over the images, and only the head learns.
body.Freeze();
net.Summary(showTrainable: true);
Compile(net, 0.001);
net.FitHead(x, y, batchSize: 20, epochs: 30, verbose: 0);
Report("new head on the frozen base", net);

// 2. The last layers of the base go on learning, at a tenth of the head's rate.
net.Unfreeze(from: thawFrom);
body.LearningRateFactor = 0.1;
Compile(net, 0.0003);
net.Fit(x, y, batchSize: 20, epochs: epochs / 2, verbose: 0);
Report($"fine-tuned from {thawFrom} on", net);

static (Model Net, Model Body, string ThawFrom) Pretrained()
{
    try
    {
        var inpT = Input(shape: (128, 128, 3));
        var pre  = VGG16(inputShape: (128, 128, 3), includeTop: false, weights: "imagenet", inputTensor: inpT);
        var u    = Conv2D(16, (3, 3), activation: "relu", padding: "same")(pre.Layers[9].Output);
        u        = Dense(10, activation: "softmax")(Flatten()(u));
        var vggFt = new Model(inputs: [inpT], outputs: [u]);
        return (vggFt, pre, pre.Layers[9].Name);
    }
    catch (KerasException error)
    {
        // Not downloaded and not to be had now: the text says what to put where.
        Console.WriteLine($"{error.Message}\nGoing on with the small network of this project that knows CIFAR-10's ten classes.");
        var pre = CifarCnn(includeTop: false, weights: "cifar10", inputShape: (32, 32, 3));
        var head = Dense(10, activation: "softmax")(Flatten()(pre.GetLayer("pool2").Output));
        return (new Model(inputs: [pre.Input], outputs: [head]), pre, "conv3");
    }
}

// Grey images in three colours, of the network's size, as its weights want them.
torch.Tensor Prepare(torch.Tensor grey)
{
    var size = (int)body.Input.Shape[1]!.Value;
    return body.Preprocess(Resizing(size, size).Layer.Call(grey.unsqueeze(-1).expand(-1, -1, -1, 3)));
}

static void Compile(Model model, double rate) => model.Compile(new Adam(rate), "sparse_categorical_crossentropy", metrics: ["accuracy"]);

void Report(string what, Model model) => Console.WriteLine($"{what + ":",-44} {model.Evaluate(xTest, yTest, batchSize: 100, verbose: 0)["accuracy"]:0.000}");
